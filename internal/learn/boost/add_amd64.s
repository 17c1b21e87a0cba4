#include "textflag.h"

// WIDE adds X0 to the bins of two slots, whose numbers are the low bytes of AX.
// Slots are 256 bins of 16 bytes apart.
#define WIDE(from) \
	MOVBLZX AX, BX \
	MOVBLZX AH, CX \
	ADDQ BX, BX \
	ADDQ CX, CX \
	MOVOU from(DI)(BX*8), X1 \
	MOVOU (from+4096)(DI)(CX*8), X2 \
	PADDQ X0, X1 \
	PADDQ X0, X2 \
	MOVOU X1, from(DI)(BX*8) \
	MOVOU X2, (from+4096)(DI)(CX*8)

// func addEight(h *pair, words *uint64, gradients *pair, n int)
// n is not 0.
TEXT ·addEight(SB), NOSPLIT, $0-32
	MOVQ h+0(FP), DI
	MOVQ words+8(FP), SI
	MOVQ gradients+16(FP), DX
	MOVQ n+24(FP), R8

eight:
	MOVQ (SI), AX
	MOVOU (DX), X0
	WIDE(0)
	SHRQ $16, AX
	WIDE(8192)
	SHRQ $16, AX
	WIDE(16384)
	SHRQ $16, AX
	WIDE(24576)
	ADDQ $8, SI
	ADDQ $16, DX
	DECQ R8
	JNZ eight
	RET

// func addFour(h *pair, words *uint64, gradients *pair, n int)
// n is not 0.
TEXT ·addFour(SB), NOSPLIT, $0-32
	MOVQ h+0(FP), DI
	MOVQ words+8(FP), SI
	MOVQ gradients+16(FP), DX
	MOVQ n+24(FP), R8

four:
	MOVL (SI), AX
	MOVOU (DX), X0
	WIDE(0)
	SHRQ $16, AX
	WIDE(8192)
	ADDQ $8, SI
	ADDQ $16, DX
	DECQ R8
	JNZ four
	RET
