#include "textflag.h"

// func gatherAVX2(dst, all, rows *int32, n int, least, greatest *[8]int32)
// n is a multiple of 8 and not 0.
TEXT ·gatherAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ all+8(FP), SI
	MOVQ rows+16(FP), DX
	MOVQ n+24(FP), CX
	MOVQ least+32(FP), R8
	MOVQ greatest+40(FP), R9
	VMOVDQU (DX), Y0
	VPCMPEQD Y5, Y5, Y5
	VPGATHERDD Y5, (SI)(Y0*4), Y2
	VMOVDQA Y2, Y3

gather:
	VMOVDQU (DX), Y0
	VPCMPEQD Y5, Y5, Y5
	VPGATHERDD Y5, (SI)(Y0*4), Y1
	VMOVDQU Y1, (DI)
	VPMINSD Y1, Y2, Y2
	VPMAXSD Y1, Y3, Y3
	ADDQ $32, DX
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ gather
	VMOVDQU Y2, (R8)
	VMOVDQU Y3, (R9)
	VZEROUPPER
	RET

// func pairsAVX2(node *uint64, keys *int32, n int, at int64) uint64
// n is a multiple of 4 and not 0.
TEXT ·pairsAVX2(SB), NOSPLIT, $0-40
	MOVQ node+0(FP), SI
	MOVQ keys+8(FP), DX
	MOVQ n+16(FP), CX
	VPBROADCASTQ at+24(FP), Y6
	VPXOR Y7, Y7, Y7

pairs:
	VPMOVSXDQ (DX), Y0
	VPCMPGTQ Y6, Y0, Y1
	VPANDN (SI), Y1, Y2
	VPADDQ Y2, Y7, Y7
	ADDQ $16, DX
	ADDQ $32, SI
	SUBQ $4, CX
	JNZ pairs
	VEXTRACTI128 $1, Y7, X1
	VPADDQ X1, X7, X7
	VPSRLDQ $8, X7, X1
	VPADDQ X1, X7, X7
	VMOVQ X7, ret+32(FP)
	VZEROUPPER
	RET

// func sumsAVX2(node *sum, keys *int32, n int, at int64, out *[4]float64)
// n is a multiple of 4 and not 0.
TEXT ·sumsAVX2(SB), NOSPLIT, $0-40
	MOVQ node+0(FP), SI
	MOVQ keys+8(FP), DX
	MOVQ n+16(FP), CX
	VPBROADCASTQ at+24(FP), Y6
	MOVQ out+32(FP), DI
	VXORPD Y7, Y7, Y7
	VXORPD Y8, Y8, Y8

sums:
	VPMOVSXDQ (DX), Y0
	VPCMPGTQ Y6, Y0, Y1
	VPERMQ $0x50, Y1, Y2
	VPERMQ $0xFA, Y1, Y3
	VANDNPD (SI), Y2, Y2
	VANDNPD 32(SI), Y3, Y3
	VADDPD Y2, Y7, Y7
	VADDPD Y3, Y8, Y8
	ADDQ $16, DX
	ADDQ $64, SI
	SUBQ $4, CX
	JNZ sums
	VADDPD Y8, Y7, Y7
	VMOVUPD Y7, (DI)
	VZEROUPPER
	RET

DATA lanes<>+0(SB)/8, $0x0000000100000000
DATA lanes<>+8(SB)/8, $0x0000000300000002
DATA lanes<>+16(SB)/8, $0x0000000500000004
DATA lanes<>+24(SB)/8, $0x0000000700000006
DATA lanes<>+32(SB)/8, $0x0000000900000008
DATA lanes<>+40(SB)/8, $0x0000000b0000000a
DATA lanes<>+48(SB)/8, $0x0000000d0000000c
DATA lanes<>+56(SB)/8, $0x0000000f0000000e
GLOBL lanes<>(SB), RODATA|NOPTR, $64

// STEP takes eight rows one node down: idx are their nodes, base is where
// their keys start. A packed node is its key, below the number of its right child
// and its column. The nodes of the middle lanes are loaded crosswise, which puts
// them in order when keys are parted from the rest.
#define STEP(idx, base) \
	VPERMQ $0x08, idx, Y4 \
	VPERMQ $0x0D, idx, Y5 \
	VMOVDQA Y15, Y8 \
	VPGATHERDQ Y8, (SI)(X4*8), Y6 \
	VMOVDQA Y15, Y9 \
	VPGATHERDQ Y9, (SI)(X5*8), Y7 \
	VSHUFPS $0x88, Y7, Y6, Y8 \
	VSHUFPS $0xDD, Y7, Y6, Y9 \
	VPAND Y14, Y9, Y10 \
	VPADDD base, Y10, Y10 \
	VPSRLD X13, Y9, Y9 \
	VMOVDQA Y15, Y6 \
	VPGATHERDD Y6, (DX)(Y10*4), Y11 \
	VPCMPGTD Y8, Y11, Y11 \
	VPSUBD Y15, idx, Y5 \
	VPBLENDVB Y11, Y9, Y5, idx

// func descendAVX2(nodes *uint64, keys, at, bases *int32, n, bits, steps int)
// n is a multiple of 32 and not 0.
TEXT ·descendAVX2(SB), NOSPLIT, $0-56
	MOVQ nodes+0(FP), SI
	MOVQ keys+8(FP), DX
	MOVQ at+16(FP), DI
	MOVQ bases+24(FP), R8
	MOVQ n+32(FP), CX
	MOVQ bits+40(FP), R9
	MOVQ steps+48(FP), R10
	VPCMPEQD Y15, Y15, Y15
	VMOVQ R9, X13
	VPSLLD X13, Y15, Y14
	VPANDN Y15, Y14, Y14

rows:
	VMOVDQU (DI), Y0
	VMOVDQU 32(DI), Y1
	VMOVDQU 64(DI), Y2
	VMOVDQU 96(DI), Y3
	MOVQ R10, R11

step:
	STEP(Y0, (R8))
	STEP(Y1, 32(R8))
	STEP(Y2, 64(R8))
	STEP(Y3, 96(R8))
	DECQ R11
	JNZ step
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	VMOVDQU Y2, 64(DI)
	VMOVDQU Y3, 96(DI)
	ADDQ $128, DI
	ADDQ $128, R8
	SUBQ $32, CX
	JNZ rows
	VZEROUPPER
	RET
