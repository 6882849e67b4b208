// Header-only vector operations that Swift's SIMD types lack or compile badly. They import as SIMD types and compile to
// single instructions under the -march of the Swift target that uses them.
#pragma once
#include <stdint.h>
typedef float cv_f32x16 __attribute__((ext_vector_type(16)));
typedef int32_t cv_i32x16 __attribute__((ext_vector_type(16)));
#define CV_INLINE static inline __attribute__((always_inline, const))
CV_INLINE cv_f32x16 cv_sqrt(cv_f32x16 x) { return __builtin_elementwise_sqrt(x); }
