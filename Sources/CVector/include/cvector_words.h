// Vectors of 16-bit words, as wide as the registers: header-only, so that they compile under the -march of the Swift target
// that uses them.
#pragma once
#include <stdint.h>

#include "cvector.h"

#if defined(__AVX512BW__)
#define CV_WORD_COUNT 32
#else
#define CV_WORD_COUNT 16
#endif
typedef uint16_t cv_words __attribute__((ext_vector_type(CV_WORD_COUNT)));
typedef uint8_t cv_word_bytes __attribute__((ext_vector_type(CV_WORD_COUNT)));
typedef uint16_t cv_u16x16 __attribute__((ext_vector_type(16)));

#define CV_WORDS static inline __attribute__((always_inline, const))

// What Swift's own operators do in many instructions where a vector has 32 lanes.
CV_WORDS cv_words cv_splat_word(uint16_t x) { return (cv_words)(x); }
CV_WORDS cv_words cv_add_words(cv_words a, cv_words b) { return a + b; }
CV_WORDS cv_words cv_subtract_words(cv_words a, cv_words b) { return a - b; }
CV_WORDS cv_words cv_multiply_words(cv_words a, cv_words b) { return a * b; }
CV_WORDS cv_words cv_and_words(cv_words a, cv_words b) { return a & b; }
CV_WORDS cv_words cv_or_words(cv_words a, cv_words b) { return a | b; }
/// Precondition: 0 ≤ count < 16.
CV_WORDS cv_words cv_shift_words_left(cv_words x, int count) { return x << (uint16_t)count; }
CV_WORDS cv_words cv_shift_words_right(cv_words x, int count) { return x >> (uint16_t)count; }

/// The high halves of the 32-bit products. By name of the instruction: written as a product of wider lanes it is lost as
/// soon as the optimiser knows something about an operand.
CV_WORDS cv_words cv_multiply_high(cv_words a, cv_words b) {
#if defined(__AVX512BW__)
  typedef short v32 __attribute__((vector_size(64)));
  return (cv_words)__builtin_ia32_pmulhuw512((v32)a, (v32)b);
#elif defined(__AVX2__)
  typedef short v16 __attribute__((vector_size(32)));
  return (cv_words)__builtin_ia32_pmulhuw256((v16)a, (v16)b);
#elif defined(__SSE2__)
  typedef short v8 __attribute__((vector_size(16)));
  typedef uint16_t half __attribute__((ext_vector_type(8)));
  const half low = (half)__builtin_ia32_pmulhuw128((v8)a.lo, (v8)b.lo);
  const half high = (half)__builtin_ia32_pmulhuw128((v8)a.hi, (v8)b.hi);
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#else
  typedef uint32_t products __attribute__((ext_vector_type(CV_WORD_COUNT)));
  const products product = __builtin_convertvector(a, products) * __builtin_convertvector(b, products);
  return __builtin_convertvector(product >> 16, cv_words);
#endif
}

CV_WORDS cv_words cv_min_words(cv_words a, cv_words b) { return __builtin_elementwise_min(a, b); }
CV_WORDS cv_words cv_max_words(cv_words a, cv_words b) { return __builtin_elementwise_max(a, b); }
/// At most 65535.
CV_WORDS cv_words cv_add_words_saturated(cv_words a, cv_words b) { return __builtin_elementwise_add_sat(a, b); }
/// At least 0.
CV_WORDS cv_words cv_subtract_words_saturated(cv_words a, cv_words b) { return __builtin_elementwise_sub_sat(a, b); }
/// x, and one more where a < b.
CV_WORDS cv_words cv_count_below(cv_words x, cv_words a, cv_words b) { return x - (cv_words)(a < b); }
/// x where a ≥ b, else y.
CV_WORDS cv_words cv_choose_at_least(cv_words a, cv_words b, cv_words x, cv_words y) { return a >= b ? x : y; }
/// x where it is above the limit, else 0.
CV_WORDS cv_words cv_keep_above(cv_words x, cv_words limit) { return x & (cv_words)(x > limit); }
CV_WORDS cv_words cv_widen(cv_word_bytes x) { return __builtin_convertvector(x, cv_words); }
CV_WORDS cv_f32x16 cv_words_to_float(cv_u16x16 x) { return __builtin_convertvector(x, cv_f32x16); }
/// Towards zero. Precondition: every lane is in the range of a word.
CV_WORDS cv_u16x16 cv_float_to_words(cv_f32x16 x) {
  return __builtin_convertvector(__builtin_convertvector(x, cv_i32x16), cv_u16x16);
}
/// The low bytes.
CV_WORDS cv_word_bytes cv_narrow(cv_words x) { return __builtin_convertvector(x, cv_word_bytes); }

/// out[4i + k] = the byte of source + byte k & 1 of pair i of `low` (k < 2) or `high`, at most 255; four bytes a word.
static inline __attribute__((always_inline)) void cv_add_fours(
    uint8_t *out, const uint8_t *source, cv_words low, cv_words high) {
  typedef uint8_t bytes __attribute__((ext_vector_type(4 * CV_WORD_COUNT)));
  bytes levels;
  __builtin_memcpy(&levels, source, sizeof levels);
#if CV_WORD_COUNT == 32
  const bytes pairs = (bytes)__builtin_shufflevector(
      low, high, 0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39, 8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14,
      46, 15, 47, 16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53, 22, 54, 23, 55, 24, 56, 25, 57, 26, 58, 27, 59, 28, 60,
      29, 61, 30, 62, 31, 63);
#else
  const bytes pairs = (bytes)__builtin_shufflevector(
      low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14,
      30, 15, 31);
#endif
  levels = __builtin_elementwise_add_sat(levels, pairs);
  __builtin_memcpy(out, &levels, sizeof levels);
}

/// Asks the memory for `count` words, a cache line at a time, and does not wait for them.
static inline __attribute__((always_inline)) void cv_prefetch_words(const uint16_t *words, int64_t count) {
  for (int64_t i = 0; i < count; i += 32) __builtin_prefetch(words + i, 0, 2);
}
/// The same for words that are to be written.
static inline __attribute__((always_inline)) void cv_prefetch_words_to_write(const uint16_t *words, int64_t count) {
  for (int64_t i = 0; i < count; i += 32) __builtin_prefetch(words + i, 1, 2);
}
