#include "textflag.h"

// The loops over records take the keys of eight columns at a time, and for
// these all rows. n and stride are not 0; stride is a multiple of 8.

// func extremesAVX2(records, rows *int32, n, stride int, least, greatest *int32)
TEXT ·extremesAVX2(SB), NOSPLIT, $0-48
	MOVQ records+0(FP), SI
	MOVQ n+16(FP), R10
	MOVQ stride+24(FP), R11
	MOVQ least+32(FP), R8
	MOVQ greatest+40(FP), R9
	MOVQ R11, R12
	SHLQ $2, R12

extremesGroup:
	VMOVDQU (R8), Y0
	VMOVDQU (R9), Y1
	MOVQ rows+8(FP), DX
	MOVQ R10, CX

extremesRow:
	MOVLQSX (DX), AX
	IMULQ R12, AX
	VMOVDQU (SI)(AX*1), Y2
	VPMINSD Y2, Y0, Y0
	VPMAXSD Y2, Y1, Y1
	ADDQ $4, DX
	DECQ CX
	JNZ extremesRow
	VMOVDQU Y0, (R8)
	VMOVDQU Y1, (R9)
	ADDQ $32, SI
	ADDQ $32, R8
	ADDQ $32, R9
	SUBQ $8, R11
	JNZ extremesGroup
	VZEROUPPER
	RET

// func sumPairsAVX2(records, rows *int32, n, stride int, at *int32, node *uint64, zero, one *uint32)
TEXT ·sumPairsAVX2(SB), NOSPLIT, $0-64
	MOVQ records+0(FP), SI
	MOVQ n+16(FP), R10
	MOVQ stride+24(FP), R11
	MOVQ at+32(FP), R13
	MOVQ zero+48(FP), R8
	MOVQ one+56(FP), R9
	MOVQ R11, R12
	SHLQ $2, R12

pairsGroup:
	VMOVDQU (R8), Y0
	VMOVDQU (R9), Y1
	VMOVDQU (R13), Y6
	MOVQ rows+8(FP), DX
	MOVQ node+40(FP), DI
	MOVQ R10, CX

pairsRow:
	MOVLQSX (DX), AX
	IMULQ R12, AX
	VMOVDQU (SI)(AX*1), Y2
	VPBROADCASTD (DI), Y3
	VPBROADCASTD 4(DI), Y4
	VPCMPGTD Y6, Y2, Y2
	VPANDN Y3, Y2, Y3
	VPANDN Y4, Y2, Y4
	VPADDD Y3, Y0, Y0
	VPADDD Y4, Y1, Y1
	ADDQ $4, DX
	ADDQ $8, DI
	DECQ CX
	JNZ pairsRow
	VMOVDQU Y0, (R8)
	VMOVDQU Y1, (R9)
	ADDQ $32, SI
	ADDQ $32, R8
	ADDQ $32, R9
	ADDQ $32, R13
	SUBQ $8, R11
	JNZ pairsGroup
	VZEROUPPER
	RET

// func sumTargetsAVX2(records, rows *int32, n, stride int, at *int32, node *sum, y, w *float64)
TEXT ·sumTargetsAVX2(SB), NOSPLIT, $0-64
	MOVQ records+0(FP), SI
	MOVQ n+16(FP), R10
	MOVQ stride+24(FP), R11
	MOVQ at+32(FP), R13
	MOVQ y+48(FP), R8
	MOVQ w+56(FP), R9
	MOVQ R11, R12
	SHLQ $2, R12

targetsGroup:
	VMOVUPD (R8), Y0
	VMOVUPD 32(R8), Y1
	VMOVUPD (R9), Y2
	VMOVUPD 32(R9), Y3
	VMOVDQU (R13), Y6
	MOVQ rows+8(FP), DX
	MOVQ node+40(FP), DI
	MOVQ R10, CX

targetsRow:
	MOVLQSX (DX), AX
	IMULQ R12, AX
	VMOVDQU (SI)(AX*1), Y7
	VBROADCASTSD (DI), Y4
	VBROADCASTSD 8(DI), Y5
	VPCMPGTD Y6, Y7, Y7
	VEXTRACTI128 $1, Y7, X8
	VPMOVSXDQ X7, Y7
	VPMOVSXDQ X8, Y8
	VANDNPD Y4, Y7, Y9
	VANDNPD Y4, Y8, Y10
	VANDNPD Y5, Y7, Y11
	VANDNPD Y5, Y8, Y12
	VADDPD Y9, Y0, Y0
	VADDPD Y10, Y1, Y1
	VADDPD Y11, Y2, Y2
	VADDPD Y12, Y3, Y3
	ADDQ $4, DX
	ADDQ $16, DI
	DECQ CX
	JNZ targetsRow
	VMOVUPD Y0, (R8)
	VMOVUPD Y1, 32(R8)
	VMOVUPD Y2, (R9)
	VMOVUPD Y3, 32(R9)
	ADDQ $32, SI
	ADDQ $64, R8
	ADDQ $64, R9
	ADDQ $32, R13
	SUBQ $8, R11
	JNZ targetsGroup
	VZEROUPPER
	RET

// func sumClassesAVX2(records, rows *int32, n, stride int, at *int32, node *uint64, counts *uint32)
// It takes a row's groups one after the other, since these add to other counts.
TEXT ·sumClassesAVX2(SB), NOSPLIT, $0-56
	MOVQ records+0(FP), SI
	MOVQ rows+8(FP), DX
	MOVQ n+16(FP), CX
	MOVQ stride+24(FP), R12
	MOVQ at+32(FP), R13
	MOVQ node+40(FP), DI
	MOVQ counts+48(FP), R8
	SHLQ $2, R12

classesRow:
	MOVLQSX (DX), AX
	IMULQ R12, AX
	ADDQ SI, AX
	MOVLQSX (DI), BX
	IMULQ R12, BX
	ADDQ R8, BX
	VPBROADCASTD 4(DI), Y3
	XORQ R10, R10

classesGroup:
	VMOVDQU (AX)(R10*1), Y2
	VPCMPGTD (R13)(R10*1), Y2, Y2
	VPANDN Y3, Y2, Y2
	VPADDD (BX)(R10*1), Y2, Y2
	VMOVDQU Y2, (BX)(R10*1)
	ADDQ $32, R10
	CMPQ R10, R12
	JNE classesGroup
	ADDQ $4, DX
	ADDQ $8, DI
	DECQ CX
	JNZ classesRow
	VZEROUPPER
	RET
