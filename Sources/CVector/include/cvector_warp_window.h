// Bilinear samples of a planar picture by windows: what 32 neighbours come from mostly lies in a few rows of 64 columns, which
// one instruction sorts inside a register. All integer, and the same numbers as cv_sample.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cvector_warp.h"

// (256 - fy) * ((256 - fx) * a + fx * b) + fy * ((256 - fx) * c + fx * d), rounded, at x and y in 1/256 pixel.
static inline __attribute__((always_inline)) uint8_t cv_sample_byte(
    const uint8_t *plane, ptrdiff_t stride, int32_t x, int32_t y) {
  const uint8_t *upper = plane + (y >> 8) * stride + (x >> 8), *lower = upper + stride;
  const uint32_t fx = x & 255, fy = y & 255;
  const uint32_t left = (256 - fy) * upper[0] + fy * lower[0], right = (256 - fy) * upper[1] + fy * lower[1];
  return (uint8_t)(((256 - fx) * left + fx * right + 32768) >> 16);
}

#if defined(__AVX512VBMI__)
typedef _Bool cv_bool16 __attribute__((ext_vector_type(16)));
typedef uint8_t cv_u8x64 __attribute__((ext_vector_type(64)));
typedef uint16_t cv_u16x16 __attribute__((ext_vector_type(16)));
typedef int32_t cv_i32x16 __attribute__((ext_vector_type(16)));

// Where 32 pixels come from.
typedef struct {
  // Of pixels 0...15 and 16...31: columns, rows.
  cv_i32x16 columns[2], rows[2];
  // The shares of the lower and (twice 16 bits) of the left and the right neighbour; of pixels 0...3 and 4...7 of each eight.
  cv_u16x32 lower[2];
  cv_s16x32 sides[2];
} cv_places;

static inline __attribute__((always_inline)) cv_places cv_load_places(const int32_t *xs, const int32_t *ys) {
  cv_places places;
  cv_i32x16 lower[2], sides[2];
  for (int half = 0; half < 2; ++half) {
    cv_i32x16 x, y;
    memcpy(&x, xs + 16 * half, sizeof x);
    memcpy(&y, ys + 16 * half, sizeof y);
    places.columns[half] = x >> 8;
    places.rows[half] = y >> 8;
    lower[half] = (y & 255) | (y & 255) << 16;
    sides[half] = (256 - (x & 255)) | (x & 255) << 16;
  }
#define CV_FOURS(k) k, k + 1, k + 2, k + 3, k + 8, k + 9, k + 10, k + 11, k + 16, k + 17, k + 18, k + 19, k + 24, k + 25, k + 26, k + 27
  places.lower[0] = (cv_u16x32)__builtin_shufflevector(lower[0], lower[1], CV_FOURS(0));
  places.lower[1] = (cv_u16x32)__builtin_shufflevector(lower[0], lower[1], CV_FOURS(4));
  places.sides[0] = (cv_s16x32)__builtin_shufflevector(sides[0], sides[1], CV_FOURS(0));
  places.sides[1] = (cv_s16x32)__builtin_shufflevector(sides[0], sides[1], CV_FOURS(4));
#undef CV_FOURS
  return places;
}

// The part of the picture that is seen at once: 64 columns from `left` on, three rows from `top` on.
typedef struct {
  ptrdiff_t offset;
  // The columns of the left and the right neighbour of each pixel; all bits set where it lies in the second row.
  cv_u8x64 neighbours, isSecond;
  // A bit for each pixel that is inside.
  uint32_t inside;
} cv_window;

static inline __attribute__((always_inline)) cv_window cv_make_window(
    const cv_places *places, int32_t left, int32_t top, ptrdiff_t stride) {
  cv_window window;
  cv_u16x16 columns[2], rows[2];
  uint16_t inside[2];
  for (int half = 0; half < 2; ++half) {
    const cv_i32x16 column = places->columns[half] - left, row = places->rows[half] - top;
    const cv_bool16 bits =
        __builtin_convertvector(((cv_u32x16)column <= 62) & ((cv_u32x16)row <= 1), cv_bool16);
    memcpy(&inside[half], &bits, sizeof(uint16_t));
    columns[half] = __builtin_convertvector(column, cv_u16x16);
    rows[half] = __builtin_convertvector(row, cv_u16x16);
  }
  cv_u16x32 column, row;
  memcpy(&column, columns, sizeof column);
  memcpy(&row, rows, sizeof row);
  window.offset = top * stride + left;
  window.neighbours = (cv_u8x64)(column | (column + 1) << 8);
  window.isSecond = (cv_u8x64)(row == 1);
  window.inside = inside[0] | (uint32_t)inside[1] << 16;
  return window;
}

static inline __attribute__((always_inline)) cv_u8x64 cv_window_row(const uint8_t *bytes, cv_u8x64 columns) {
  typedef char v64 __attribute__((vector_size(64)));
  v64 row;
  memcpy(&row, bytes, sizeof row);
  return (cv_u8x64)__builtin_ia32_permvarqi512(row, (v64)columns);
}

// Writes the pixels of one plane that are inside.
static inline __attribute__((always_inline)) void cv_sample_window(
    uint8_t *out, const uint8_t *plane, ptrdiff_t stride, const cv_places *places, const cv_window *window) {
  typedef int i512 __attribute__((vector_size(64)));
  typedef char v32 __attribute__((vector_size(32)));
  const uint8_t *corner = plane + window->offset;
  const cv_u8x64 first = cv_window_row(corner, window->neighbours),
                 second = cv_window_row(corner + stride, window->neighbours),
                 third = cv_window_row(corner + 2 * stride, window->neighbours);
  const cv_u8x64 upper = window->isSecond ? second : first, lower = window->isSecond ? third : second, zero = 0;
#define CV_WIDENED(k) k, 64, k + 1, 64, k + 2, 64, k + 3, 64, k + 4, 64, k + 5, 64, k + 6, 64, k + 7, 64
  const cv_u16x32 uppers[2] = {
      (cv_u16x32)__builtin_shufflevector(upper, zero, CV_WIDENED(0), CV_WIDENED(16), CV_WIDENED(32), CV_WIDENED(48)),
      (cv_u16x32)__builtin_shufflevector(upper, zero, CV_WIDENED(8), CV_WIDENED(24), CV_WIDENED(40), CV_WIDENED(56))};
  const cv_u16x32 lowers[2] = {
      (cv_u16x32)__builtin_shufflevector(lower, zero, CV_WIDENED(0), CV_WIDENED(16), CV_WIDENED(32), CV_WIDENED(48)),
      (cv_u16x32)__builtin_shufflevector(lower, zero, CV_WIDENED(8), CV_WIDENED(24), CV_WIDENED(40), CV_WIDENED(56))};
#undef CV_WIDENED
  cv_u32x16 sums[2];
  for (int k = 0; k < 2; ++k) {
    // Less 32768, so that it fits a signed number: the sum of the pair's weights is always 256.
    const cv_s16x32 mixed =
        (cv_s16x32)((uppers[k] * (256 - places->lower[k]) + lowers[k] * places->lower[k]) ^ 0x8000);
    cv_sum_pairs(&sums[k], &mixed, &places->sides[k]);
    sums[k] = (sums[k] + (32768u * 256 + 32768)) >> 16;
  }
  const cv_u16x32 words = (cv_u16x32)__builtin_ia32_packusdw512((i512)sums[0], (i512)sums[1]);
  const cv_u8x32 bytes = __builtin_convertvector(words, cv_u8x32);
  if (window->inside == UINT32_MAX)
    memcpy(out, &bytes, sizeof bytes);
  else
    __builtin_ia32_storedquqi256_mask((v32 *)out, (v32)bytes, window->inside);
}
#endif

// out[k][i] = plane k at (xs[i], ys[i]), coordinates in 1/256 pixel. `count` is a multiple of 32. Around what is sampled, 64
// columns to either side and one more row below must be readable.
static inline __attribute__((always_inline)) void cv_sample_windows(
    uint8_t *const *out, const uint8_t *const *planes, int planeCount, ptrdiff_t stride, const int32_t *xs,
    const int32_t *ys, ptrdiff_t count) {
#if defined(__AVX512VBMI__)
  for (ptrdiff_t i = 0; i < count; i += 32) {
    const cv_places places = cv_load_places(xs + i, ys + i);
    // As a rule one window is enough; coordinates that jump take more, each of one pixel at least.
    for (uint32_t left = UINT32_MAX; left != 0;) {
      const ptrdiff_t next = i + __builtin_ctz(left), last = i + 31 - __builtin_clz(left);
      const int32_t column = xs[next] >> 8, row = ys[next] >> 8;
      // Towards the side on which the last one lies.
      const cv_window window = cv_make_window(
          &places, (xs[last] >> 8) < column ? column - 62 : column, (ys[last] >> 8) < row ? row - 1 : row, stride);
      // Neighbours lie on a curve, of which the processor does not see what the rows after this one will read.
      for (int k = 0; k < planeCount; ++k) __builtin_prefetch(planes[k] + window.offset + 6 * stride + 32);
      for (int k = 0; k < planeCount; ++k) cv_sample_window(out[k] + i, planes[k], stride, &places, &window);
      left &= ~window.inside;
    }
  }
#else
  for (int k = 0; k < planeCount; ++k)
    for (ptrdiff_t i = 0; i < count; ++i) out[k][i] = cv_sample_byte(planes[k], stride, xs[i], ys[i]);
#endif
}

static inline __attribute__((always_inline)) void cv_sample_plane(
    uint8_t *out, const uint8_t *plane, ptrdiff_t stride, const int32_t *xs, const int32_t *ys, ptrdiff_t count) {
  cv_sample_windows(&out, &plane, 1, stride, xs, ys, count);
}

static inline __attribute__((always_inline)) void cv_sample_planes(
    uint8_t *outA, uint8_t *outB, uint8_t *outC, const uint8_t *a, const uint8_t *b, const uint8_t *c, ptrdiff_t stride,
    const int32_t *xs, const int32_t *ys, ptrdiff_t count) {
  uint8_t *const out[3] = {outA, outB, outC};
  const uint8_t *const planes[3] = {a, b, c};
  cv_sample_windows(out, planes, 3, stride, xs, ys, count);
}

// Whether windows are used: else interleaved pixels (cv_sample) are three times as fast as planes.
static inline int cv_samples_by_windows(void) {
#if defined(__AVX512VBMI__)
  return 1;
#else
  return 0;
#endif
}
