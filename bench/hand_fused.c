// Three fields of the prelude as loops written and fused by hand, one pass over the cells of the grid `sm` (320 × 83 at
// 1920×1080): what `fused.py` holds the register programs to. The functions are those of Sources/Kernels/Vector….swift,
// so both sides do the same arithmetic, without fused multiply-adds.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 320, ROWS = 83, FRAMES = 240, ROUNDS = 5 };
static const float cell_width = 6.0f / 1080, cell_height = 13.0f / 1080;
static float out[COLUMNS];

#define INLINE static inline __attribute__((always_inline))

INLINE float sine(float x) {
  const float shifted = x * 0.318309886f + 12582912.0f;
  const float turns = shifted - 12582912.0f;
  float r = x - turns * 3.140625f;
  r = r - turns * 9.67025756835937500e-4f;
  r = r - turns * 6.278329573009626e-7f;
  const float square = r * r;
  float p = square * 2.600024345156271e-06f - 0.00019806601630989462f;
  p = p * square + 0.008333016186952591f;
  p = p * square - 0.16666656732559204f;
  union { float f; unsigned u; } s = {shifted}, y = {(p * square) * r + r};
  y.u ^= s.u << 31;
  return y.f;
}

INLINE float exponential(float x) {
  const float c = x < -87 ? -87 : x > 88 ? 88 : x;
  union { float f; unsigned u; } shifted = {c * 1.44269504f + 12582912.0f};
  const float n = shifted.f - 12582912.0f;
  const float r = (c - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = r * (1.0f / 5040) + (1.0f / 720);
  p = p * r + (1.0f / 120);
  p = p * r + (1.0f / 24);
  p = p * r + (1.0f / 6);
  p = p * r + 0.5f;
  p = p * r + 1;
  p = p * r + 1;
  union { float f; unsigned u; } y = {p};
  y.u += shifted.u << 23;
  return y.f;
}

INLINE float logarithm(float x) {
  union { float f; int i; } raw = {x < 1.17549435e-38f ? 1.17549435e-38f : x}, m;
  const int exponent = (raw.i - 0x3f3504f3) >> 23;
  m.i = raw.i - exponent * (1 << 23);
  const float s = (m.f - 1) / (m.f + 1), square = s * s;
  float p = square * (1.0f / 9) + (1.0f / 7);
  p = p * square + (1.0f / 5);
  p = p * square + (1.0f / 3);
  const float log_of_m = (p * square) * (s + s) + (s + s);
  return exponent * 0.693359375f + (log_of_m + exponent * -2.12194440e-4f);
}

// Of x in 0…1, as the fields need it; 0^y is 0.
INLINE float power(float x, float y) {
  const float z = exponential(y * logarithm(x));
  return x == 0 ? 0 : z;
}

// Of x that is not negative.
INLINE float hyperbolic_tangent(float x) {
  const float size = x < 20 ? x : 20, square = size * size;
  const float far = 1 - 2 / (exponential(size + size) + 1);
  float p = square * (62.0f / 2835) - (17.0f / 315);
  p = p * square + (2.0f / 15);
  p = p * square - (1.0f / 3);
  const float near = (p * square) * size + size;
  return size < 0.25f ? near : far;
}

INLINE float clip(float x) { return x > 0 ? (x < 1 ? x : 1) : 0; }
INLINE float mix(float a, float b, float t) { return a + (b - a) * t; }

static void plasma(float y, float t) {
  for (int i = 0; i < COLUMNS; i++) {
    const float x = (i + 0.5f - COLUMNS / 2) * cell_width;
    const float d = __builtin_sqrtf(x * x + y * y);
    const float waves = 0.5f * sine(5.6f * x + 0.7f * t) + 0.4f * sine(6.2f * y - 0.5f * t)
        + 0.3f * sine(5.1f * x + 5.4f * y + 0.3f * t) + 0.3f * sine(12 * d - 0.8f * t);
    out[i] = power(clip(0.52f + 0.4f * waves), 1.4f);
  }
}

static void stripes(float y, float t) {
  const float c = 0.8660254f, s = 0.5f;
  for (int i = 0; i < COLUMNS; i++) {
    const float x = (i + 0.5f - COLUMNS / 2) * cell_width;
    const float across = x * c + y * s, along = y * c - x * s;
    const float sway = 1.3f * sine(3.1f * along + 0.5f * t) + 0.9f * sine(5.3f * across - 2.2f * along - 0.4f * t);
    const float wave = 0.21991149f * across / cell_width + sway - 0.8f * t;
    const float fold = 0.5f + 0.5f * sine(wave + 0.5f * sine(wave) + 1.5707963f);
    const float light = 0.5f + 0.5f * sine(sway + 1.1f * x);
    out[i] = hyperbolic_tangent(1.45f * fold * mix(0.35f, 1, light) + 0.04f);
  }
}

static void sinefield(float y, float t) {
  for (int i = 0; i < COLUMNS; i++) {
    const float x = (i + 0.5f - COLUMNS / 2) * cell_width;
    const float d = __builtin_sqrtf(x * x + y * y);
    const float a = sine(9.4f * x + 0.5f * t) * sine(12 * y + 0.4f * t);
    const float b = sine(5 * x + 6.5f * y + 0.3f * t), e = sine(9 * d + 0.2f * t);
    const float level = clip(0.52f + 0.2f * a + 0.22f * b + 0.2f * e);
    out[i] = hyperbolic_tangent(1.3f * power(level, 2.2f) * 1.1f);
  }
}

int main(int count, char **arguments) {
  void (*field)(float, float) = 0;
  if (count == 2) {
    const char *name = arguments[1];
    field = strcmp(name, "plasma") == 0 ? plasma : strcmp(name, "stripes") == 0 ? stripes
        : strcmp(name, "sinefield") == 0 ? sinefield : 0;
  }
  if (!field) {
    fputs("usage: hand_fused plasma|stripes|sinefield\n", stderr);
    return 2;
  }
  double best = 1e9;
  volatile float sink = 0;
  for (int round = 0; round < ROUNDS; round++) {
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (int frame = 0; frame < FRAMES; frame++)
      for (int row = 0; row < ROWS; row++) {
        field((row + 0.5f - ROWS / 2.0f) * cell_height, frame / 24.0f);
        sink += out[frame % COLUMNS];
      }
    clock_gettime(CLOCK_MONOTONIC, &b);
    const double ns = (b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec);
    if (ns < best) best = ns;
  }
  printf("%.3f\n", best / ((double)FRAMES * ROWS * COLUMNS));
  return 0;
}
