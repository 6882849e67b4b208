// Header-only vector operations that Swift's SIMD types lack or compile badly. They import as SIMD types and compile to
// single instructions under the -march of the Swift target that uses them. Every one is exact (IEEE or integer), so the
// instruction set never changes a result.
#pragma once
#include <stdint.h>

typedef float cv_f32x8 __attribute__((ext_vector_type(8)));
typedef uint8_t cv_u8x8 __attribute__((ext_vector_type(8)));
typedef float cv_f32x16 __attribute__((ext_vector_type(16)));
typedef double cv_f64x16 __attribute__((ext_vector_type(16)));
typedef int32_t cv_i32x16 __attribute__((ext_vector_type(16)));
typedef _Bool cv_bool16 __attribute__((ext_vector_type(16)));

#define CV_INLINE static inline __attribute__((always_inline, const))

CV_INLINE cv_f32x16 cv_sqrt(cv_f32x16 x) { return __builtin_elementwise_sqrt(x); }
CV_INLINE cv_f32x16 cv_abs(cv_f32x16 x) { return __builtin_elementwise_abs(x); }

/// Per lane `a` where a < b, else `b`: also `b` where one is NaN (what minps does).
CV_INLINE cv_f32x16 cv_min(cv_f32x16 a, cv_f32x16 b) { return a < b ? a : b; }
/// Per lane `a` where a > b, else `b`: also `b` where one is NaN (what maxps does).
CV_INLINE cv_f32x16 cv_max(cv_f32x16 a, cv_f32x16 b) { return a > b ? a : b; }

/// The greatest integer not above each lane; infinities and NaN stay.
CV_INLINE cv_f32x16 cv_floor(cv_f32x16 x) {
#if defined(__SSE4_1__) || !defined(__x86_64__)
  return __builtin_elementwise_floor(x);
#else
  // Without roundps the builtin would call libm lane by lane. Adding and subtracting 2^23 rounds |x| < 2^23 to an
  // integer; larger numbers are integers already.
  cv_f32x16 magnitude = __builtin_elementwise_abs(x);
  cv_f32x16 nearest = __builtin_elementwise_copysign((magnitude + 0x1p23f) - 0x1p23f, x);
  cv_f32x16 below = nearest - (nearest > x ? (cv_f32x16)(1.0f) : (cv_f32x16)(0.0f));
  return magnitude < 0x1p23f ? __builtin_elementwise_copysign(below, x) : x;
#endif
}

/// Towards zero. Precondition: every lane is in the range of an Int32.
CV_INLINE cv_i32x16 cv_to_int(cv_f32x16 x) { return __builtin_convertvector(x, cv_i32x16); }
CV_INLINE cv_f32x8 cv_from_bytes(cv_u8x8 x) { return __builtin_convertvector(x, cv_f32x8); }
CV_INLINE cv_f32x16 cv_from_int(cv_i32x16 x) { return __builtin_convertvector(x, cv_f32x16); }
CV_INLINE cv_f64x16 cv_to_double(cv_f32x16 x) { return __builtin_convertvector(x, cv_f64x16); }
CV_INLINE cv_f32x16 cv_from_double(cv_f64x16 x) { return __builtin_convertvector(x, cv_f32x16); }

/// Whether all lanes are inside -limit…limit; false if one is NaN.
CV_INLINE _Bool cv_all_within(cv_f32x16 x, float limit) {
  cv_bool16 inside = __builtin_convertvector(__builtin_elementwise_abs(x) <= limit, cv_bool16);
  return __builtin_reduce_and(inside);
}
