// Bilinear samples of a picture of 32-bit pixels, header-only, so that it compiles under the -march of the Swift target
// that uses it. All integer: the instruction set never changes a result.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t cv_u8x16 __attribute__((ext_vector_type(16)));
typedef uint8_t cv_u8x32 __attribute__((ext_vector_type(32)));
typedef uint16_t cv_u16x8 __attribute__((ext_vector_type(8)));
typedef uint16_t cv_u16x32 __attribute__((ext_vector_type(32)));
typedef int16_t cv_s16x32 __attribute__((ext_vector_type(32)));
typedef int32_t cv_i32x4 __attribute__((ext_vector_type(4)));
typedef uint32_t cv_u32x16 __attribute__((ext_vector_type(16)));
typedef uint64_t cv_u64x4 __attribute__((ext_vector_type(4)));

// Sums of the products of neighbouring pairs of signed 16-bit numbers.
static inline __attribute__((always_inline)) void cv_sum_pairs(
    cv_u32x16 *out, const cv_s16x32 *a, const cv_s16x32 *b) {
#if defined(__AVX512BW__)
  typedef short s512 __attribute__((vector_size(64)));
  *out = (cv_u32x16)__builtin_ia32_pmaddwd512((s512)*a, (s512)*b);
#elif defined(__AVX2__)
  typedef short s256 __attribute__((vector_size(32)));
  typedef int i256 __attribute__((vector_size(32)));
  for (int k = 0; k < 2; ++k)
    ((i256 *)out)[k] = __builtin_ia32_pmaddwd256(((const s256 *)a)[k], ((const s256 *)b)[k]);
#elif defined(__SSE2__)
  typedef short s128 __attribute__((vector_size(16)));
  typedef int i128 __attribute__((vector_size(16)));
  for (int k = 0; k < 4; ++k)
    ((i128 *)out)[k] = __builtin_ia32_pmaddwd128(((const s128 *)a)[k], ((const s128 *)b)[k]);
#else
  for (int k = 0; k < 16; ++k)
    (*out)[k] = (uint32_t)((int32_t)(*a)[2 * k] * (*b)[2 * k] + (int32_t)(*a)[2 * k + 1] * (*b)[2 * k + 1]);
#endif
}

static inline __attribute__((always_inline)) uint64_t cv_pixel_pair(const uint32_t *pixels) {
  uint64_t pair;
  memcpy(&pair, pixels, 8);
  return pair;
}

// out[i] = the picture at (xs[i], ys[i]), coordinates in 1/256 pixel: four bytes, each
// ((256 - fy) * ((256 - fx) * a + fx * b) + fy * ((256 - fx) * c + fx * d) + 32768) / 65536.
// Four pixels at a time, each in a lane of 128 bits: left and right neighbour, four channels of 16 bits. `count` is a
// multiple of 4. Source and target do not overlap.
static inline __attribute__((always_inline)) void cv_sample(
    uint32_t *restrict out, const uint32_t *restrict pixels, ptrdiff_t stride, const int32_t *restrict xs,
    const int32_t *restrict ys, ptrdiff_t count) {
#define CV_4(k) k, k, k, k
#define CV_8(k) k, k, k, k, k, k, k, k
#define CV_NEIGHBOURS(k) k, k + 4, k + 1, k + 5, k + 2, k + 6, k + 3, k + 7
  for (ptrdiff_t i = 0; i < count; i += 4) {
    cv_i32x4 x, y;
    memcpy(&x, xs + i, 16);
    memcpy(&y, ys + i, 16);
    const cv_i32x4 at = (y >> 8) * (int32_t)stride + (x >> 8);
    const uint32_t *p0 = pixels + at[0], *p1 = pixels + at[1], *p2 = pixels + at[2], *p3 = pixels + at[3];
    const cv_u64x4 upper = {cv_pixel_pair(p0), cv_pixel_pair(p1), cv_pixel_pair(p2), cv_pixel_pair(p3)};
    const cv_u64x4 lower = {
        cv_pixel_pair(p0 + stride), cv_pixel_pair(p1 + stride), cv_pixel_pair(p2 + stride), cv_pixel_pair(p3 + stride)};
    const cv_u16x8 fy = (cv_u16x8)(y & 255);
    const cv_u16x32 down = __builtin_shufflevector(fy, fy, CV_8(0), CV_8(2), CV_8(4), CV_8(6));
    const cv_i32x4 fx = (256 - (x & 255)) | (x & 255) << 16;
    const cv_s16x32 across = (cv_s16x32)__builtin_shufflevector(fx, fx, CV_4(0), CV_4(1), CV_4(2), CV_4(3));
    // Less 32768, so that it fits a signed number: the sum of the pair's weights is always 256.
    const cv_u16x32 mixed = (__builtin_convertvector((cv_u8x32)upper, cv_u16x32) * (256 - down) +
                             __builtin_convertvector((cv_u8x32)lower, cv_u16x32) * down) ^
                            0x8000;
    const cv_s16x32 pairs = (cv_s16x32)__builtin_shufflevector(
        mixed, mixed, CV_NEIGHBOURS(0), CV_NEIGHBOURS(8), CV_NEIGHBOURS(16), CV_NEIGHBOURS(24));
    cv_u32x16 sums;
    cv_sum_pairs(&sums, &pairs, &across);
    const cv_u8x16 bytes = __builtin_convertvector((sums + (32768u * 256 + 32768)) >> 16, cv_u8x16);
    memcpy(out + i, &bytes, 16);
  }
#undef CV_4
#undef CV_8
#undef CV_NEIGHBOURS
}

// Sixteen pixels at once.
static inline __attribute__((always_inline)) void cv_sample16(
    uint32_t *out, const uint32_t *pixels, ptrdiff_t stride, cv_i32x16 x, cv_i32x16 y) {
  int32_t xs[16], ys[16];
  memcpy(xs, &x, sizeof xs);
  memcpy(ys, &y, sizeof ys);
  cv_sample(out, pixels, stride, xs, ys, 16);
}
