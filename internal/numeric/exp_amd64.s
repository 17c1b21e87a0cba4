#include "textflag.h"

// FOUR is a constant for each of four numbers.
#define FOUR(at, bits) \
	DATA exps<>+(at+0)(SB)/8, $bits; \
	DATA exps<>+(at+8)(SB)/8, $bits; \
	DATA exps<>+(at+16)(SB)/8, $bits; \
	DATA exps<>+(at+24)(SB)/8, $bits

FOUR(0, 0x3ff71547652b82fe) // 1/log 2
FOUR(32, 0x4338000000000000) // 3·2^51: added to a small number, it rounds it
FOUR(64, 0x3fe62e42fee00000) // the upper bits of log 2
FOUR(96, 0x3dea39ef35793c76) // and the rest
FOUR(128, 0x7fffffffffffffff) // all but the sign
FOUR(160, 0x4085e00000000000) // 700
FOUR(192, 0x00000000000003ff) // of exponents
FOUR(224, 0x3ff0000000000000) // 1
FOUR(256, 0x3fe0000000000000) // 1/2!
FOUR(288, 0x3fc5555555555555) // 1/3!
FOUR(320, 0x3fa5555555555555) // 1/4!
FOUR(352, 0x3f81111111111111) // 1/5!
FOUR(384, 0x3f56c16c16c16c17) // 1/6!
FOUR(416, 0x3f2a01a01a01a01a) // 1/7!
FOUR(448, 0x3efa01a01a01a01a) // 1/8!
FOUR(480, 0x3ec71de3a556c734) // 1/9!
FOUR(512, 0x3e927e4fb7789f5c) // 1/10!
FOUR(544, 0x3e5ae64567f544e4) // 1/11!
FOUR(576, 0x3e21eed8eff8d898) // 1/12!
FOUR(608, 0x3de6124613a86d09) // 1/13!
GLOBL exps<>(SB), RODATA|NOPTR, $640

// func expAVX2(dst, x *float64, n int) int
// n is a multiple of 4. It returns how many are done, all or up to four of which
// one is not between -700 and 700.
TEXT ·expAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ n+16(FP), CX
	XORQ DX, DX
	VMOVUPD exps<>+0(SB), Y15
	VMOVUPD exps<>+32(SB), Y14
	VMOVUPD exps<>+64(SB), Y13
	VMOVUPD exps<>+96(SB), Y12
	VMOVUPD exps<>+128(SB), Y11
	VMOVUPD exps<>+160(SB), Y10
	VMOVUPD exps<>+192(SB), Y9
	VMOVUPD exps<>+224(SB), Y8

four:
	CMPQ DX, CX
	JGE done
	VMOVUPD (SI)(DX*8), Y0
	VANDPD Y11, Y0, Y1
	VCMPPD $0x12, Y10, Y1, Y1
	VMOVMSKPD Y1, AX
	CMPL AX, $15
	JNE done

	// Y0 is r, Y1 is 2^k, where x = k·log 2 + r.
	VMULPD Y15, Y0, Y1
	VADDPD Y14, Y1, Y1
	VSUBPD Y14, Y1, Y2
	VMULPD Y13, Y2, Y3
	VSUBPD Y3, Y0, Y0
	VMULPD Y12, Y2, Y2
	VSUBPD Y2, Y0, Y0
	VPADDQ Y9, Y1, Y1
	VPSLLQ $52, Y1, Y1

	// Y2 is r², Y3 is r⁴, Y4 to Y7 are parts of the polynomial.
	VMULPD Y0, Y0, Y2
	VMULPD Y2, Y2, Y3
	VMULPD exps<>+544(SB), Y0, Y4
	VADDPD exps<>+512(SB), Y4, Y4
	VMULPD exps<>+608(SB), Y0, Y5
	VADDPD exps<>+576(SB), Y5, Y5
	VMULPD Y2, Y5, Y5
	VADDPD Y5, Y4, Y4
	VMULPD Y3, Y4, Y4
	VMULPD exps<>+416(SB), Y0, Y5
	VADDPD exps<>+384(SB), Y5, Y5
	VMULPD exps<>+480(SB), Y0, Y6
	VADDPD exps<>+448(SB), Y6, Y6
	VMULPD Y2, Y6, Y6
	VADDPD Y6, Y5, Y5
	VADDPD Y4, Y5, Y4
	VMULPD Y3, Y4, Y4
	VMULPD exps<>+288(SB), Y0, Y5
	VADDPD exps<>+256(SB), Y5, Y5
	VMULPD exps<>+352(SB), Y0, Y6
	VADDPD exps<>+320(SB), Y6, Y6
	VMULPD Y2, Y6, Y6
	VADDPD Y6, Y5, Y5
	VADDPD Y4, Y5, Y4
	VMULPD Y2, Y4, Y4
	VADDPD Y4, Y0, Y0
	VADDPD Y8, Y0, Y0
	VMULPD Y1, Y0, Y0
	VMOVUPD Y0, (DI)(DX*8)
	ADDQ $4, DX
	JMP four

done:
	MOVQ DX, ret+24(FP)
	VZEROUPPER
	RET
