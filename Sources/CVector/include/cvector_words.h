// Vectors of 16-bit words: header-only, so that they compile under the -march of the Swift target that uses them.
#pragma once
#include <stdint.h>

#include "cvector.h"

typedef uint8_t cv_u8x16 __attribute__((ext_vector_type(16)));
typedef uint16_t cv_u16x16 __attribute__((ext_vector_type(16)));
typedef uint32_t cv_u32x16 __attribute__((ext_vector_type(16)));

#define CV_WORDS static inline __attribute__((always_inline, const))

/// The high halves of the 32-bit products. By name of the instruction: written as a product of wider lanes it is lost as
/// soon as the optimiser knows something about an operand.
CV_WORDS cv_u16x16 cv_multiply_high(cv_u16x16 a, cv_u16x16 b) {
#if defined(__AVX2__)
  typedef short v16 __attribute__((vector_size(32)));
  return (cv_u16x16)__builtin_ia32_pmulhuw256((v16)a, (v16)b);
#elif defined(__SSE2__)
  typedef short v8 __attribute__((vector_size(16)));
  typedef uint16_t half __attribute__((ext_vector_type(8)));
  const half low = (half)__builtin_ia32_pmulhuw128((v8)a.lo, (v8)b.lo);
  const half high = (half)__builtin_ia32_pmulhuw128((v8)a.hi, (v8)b.hi);
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#else
  const cv_u32x16 product = __builtin_convertvector(a, cv_u32x16) * __builtin_convertvector(b, cv_u32x16);
  return __builtin_convertvector(product >> 16, cv_u16x16);
#endif
}

CV_WORDS cv_u16x16 cv_min_words(cv_u16x16 a, cv_u16x16 b) { return __builtin_elementwise_min(a, b); }
/// x where it is above the limit, else 0.
CV_WORDS cv_u16x16 cv_keep_above(cv_u16x16 x, cv_u16x16 limit) { return x & (cv_u16x16)(x > limit); }
CV_WORDS cv_u16x16 cv_widen(cv_u8x16 x) { return __builtin_convertvector(x, cv_u16x16); }
CV_WORDS cv_f32x16 cv_words_to_float(cv_u16x16 x) { return __builtin_convertvector(x, cv_f32x16); }
/// The low bytes.
CV_WORDS cv_u8x16 cv_narrow(cv_u16x16 x) { return __builtin_convertvector(x, cv_u8x16); }

/// out[4i + k] = the byte of source + byte k & 1 of pair i of `low` (k < 2) or `high`, at most 255; 64 bytes.
static inline __attribute__((always_inline)) void cv_add_fours(
    uint8_t *out, const uint8_t *source, cv_u16x16 low, cv_u16x16 high) {
  typedef uint8_t bytes __attribute__((ext_vector_type(64)));
  typedef uint16_t words __attribute__((ext_vector_type(32)));
  bytes levels;
  __builtin_memcpy(&levels, source, 64);
  const words pairs = __builtin_shufflevector(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24,
                                              9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  levels = __builtin_elementwise_add_sat(levels, (bytes)pairs);
  __builtin_memcpy(out, &levels, 64);
}

/// Asks the memory for `count` words, a cache line at a time, and does not wait for them.
static inline __attribute__((always_inline)) void cv_prefetch_words(const uint16_t *words, int64_t count) {
  for (int64_t i = 0; i < count; i += 32) __builtin_prefetch(words + i, 0, 2);
}
/// The same for words that are to be written.
static inline __attribute__((always_inline)) void cv_prefetch_words_to_write(const uint16_t *words, int64_t count) {
  for (int64_t i = 0; i < count; i += 32) __builtin_prefetch(words + i, 1, 2);
}
