// Scalar conversions that Swift only offers with a trap, and the lookup of bytes in a table of 256: header-only, so that
// they compile under the -march of the Swift target that uses them.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Truncates towards zero; x must be in the range of int32_t. Unlike Int32(x) it has no trap, so loops vectorise.
static inline __attribute__((always_inline, const)) int32_t cv_truncate(float x) { return (int32_t)x; }

// The square root as IEEE 754 rounds it. Unlike sqrtf it never sets errno, so loops vectorise.
static inline __attribute__((always_inline, const)) float cv_square_root(float x) { return __builtin_elementwise_sqrt(x); }

// out[i] = table[source[i]] for 256 entries.
//   AVX-512 VBMI: two permutations over 128 entries each, 64 bytes at a time.
//   AVX2: a shuffle reaches 16 entries, so 16 of them; adding 0x70 with saturation leaves the high bit clear only for the
//   16 bytes in reach, and a shuffle gives 0 where it is set.
//   Otherwise a plain loop.
static inline __attribute__((always_inline)) void cv_lookup(
    uint8_t *restrict out, const uint8_t *restrict source, const uint8_t *restrict table, ptrdiff_t count) {
  ptrdiff_t i = 0;
#if defined(__AVX512VBMI__)
  typedef char v64 __attribute__((vector_size(64), aligned(1), may_alias));
  typedef char r64 __attribute__((vector_size(64)));
  const r64 t0 = *(const v64 *)table, t1 = *(const v64 *)(table + 64);
  const r64 t2 = *(const v64 *)(table + 128), t3 = *(const v64 *)(table + 192);
  for (; i + 64 <= count; i += 64) {
    const r64 x = *(const v64 *)(source + i);
    const r64 low = __builtin_ia32_vpermi2varqi512(t0, x, t1);
    const r64 high = __builtin_ia32_vpermi2varqi512(t2, x, t3);
    const r64 sign = (r64)((signed char __attribute__((vector_size(64))))x < 0);
    *(v64 *)(out + i) = (high & sign) | (low & ~sign);
  }
#elif defined(__AVX2__)
  typedef char v32 __attribute__((vector_size(32), aligned(1), may_alias));
  typedef char r32 __attribute__((vector_size(32)));
  typedef unsigned char u32x __attribute__((vector_size(32)));
  typedef char v16 __attribute__((vector_size(16), aligned(1), may_alias));
  r32 t[16];
  for (int k = 0; k < 16; ++k) {
    const v16 half = *(const v16 *)(table + 16 * k);
    t[k] = __builtin_shufflevector(half, half, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                                   21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
  }
  for (; i + 32 <= count; i += 32) {
    u32x x = (u32x) * (const v32 *)(source + i);
    r32 found = {0};
    for (int k = 0; k < 16; ++k) {
      const u32x reach = __builtin_elementwise_add_sat(x, (u32x){} + 0x70);
      found |= __builtin_ia32_pshufb256(t[k], (r32)reach);
      x -= 16;
    }
    *(v32 *)(out + i) = found;
  }
#endif
  for (; i < count; ++i) out[i] = table[source[i]];
}
