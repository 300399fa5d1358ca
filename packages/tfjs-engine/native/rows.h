// The inner loops: a few rows of channels at a time. Compiled for several instruction sets, of which the best that the
// processor has is taken when the library is loaded.
#pragma once

#include <cstdint>

#include "numbers.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define FRACTURA_AVX 1
#endif

// The constants of one sample's channels.
struct ChannelConstants {
  const float* mean;
  const float* factor;  // scale / sqrt(variance + epsilon)
  const float* offset;
  float slope;  // of what is below zero; 1 leaves everything as it is
};

FRACTURA_INLINE float activate(float value, float slope) { return value > 0 ? value : value * slope; }

// The mean of each channel over the rows, and the sum of squared distances from it.
template <typename T>
FRACTURA_INLINE void momentsBody(const T* x, int64_t rows, int64_t channels, float* mean, float* squares) {
  for (int64_t c = 0; c < channels; ++c) mean[c] = squares[c] = 0;
  int64_t row = 0;
  for (; row + 4 <= rows; row += 4) {
    const T* a = x + row * channels;
    for (int64_t c = 0; c < channels; ++c) {
      mean[c] +=
          (toFloat(a[c]) + toFloat(a[c + channels])) + (toFloat(a[c + 2 * channels]) + toFloat(a[c + 3 * channels]));
    }
  }
  for (; row < rows; ++row) {
    for (int64_t c = 0; c < channels; ++c) mean[c] += toFloat(x[row * channels + c]);
  }
  for (int64_t c = 0; c < channels; ++c) mean[c] /= static_cast<float>(rows);
  for (row = 0; row < rows; ++row) {
    const T* a = x + row * channels;
    for (int64_t c = 0; c < channels; ++c) {
      const float distance = toFloat(a[c]) - mean[c];
      squares[c] += distance * distance;
    }
  }
}

template <typename T>
FRACTURA_INLINE void normaliseBody(const T* __restrict x, T* __restrict y, int64_t rows, int64_t channels,
                                   const ChannelConstants& of) {
  const float* __restrict mean = of.mean;
  const float* __restrict factor = of.factor;
  const float* __restrict offset = of.offset;
  const float slope = of.slope;
  for (int64_t row = 0; row < rows; ++row, x += channels, y += channels) {
    for (int64_t c = 0; c < channels; ++c) {
      fromFloat(activate((toFloat(x[c]) - mean[c]) * factor[c] + offset[c], slope), y[c]);
    }
  }
}

// Adds, for each channel, the gradient before the activation, and its product with the distance from the mean.
template <typename T>
FRACTURA_INLINE void gradientSumsBody(const T* __restrict dy, const T* __restrict x, int64_t rows, int64_t channels,
                                      const ChannelConstants& of, float* __restrict sum, float* __restrict products) {
  const float* __restrict mean = of.mean;
  const float* __restrict factor = of.factor;
  const float* __restrict offset = of.offset;
  const float slope = of.slope;
  for (int64_t row = 0; row < rows; ++row, x += channels, dy += channels) {
    for (int64_t c = 0; c < channels; ++c) {
      const float distance = toFloat(x[c]) - mean[c];
      const float g = toFloat(dy[c]) * (distance * factor[c] + offset[c] > 0 ? 1.0f : slope);
      sum[c] += g;
      products[c] += g * distance;
    }
  }
}

// dx = factor (g - shift - distance * pull)
template <typename T>
FRACTURA_INLINE void inputGradientBody(const T* __restrict dy, const T* __restrict x, T* __restrict dx, int64_t rows,
                                       int64_t channels, const ChannelConstants& of, const float* __restrict shift,
                                       const float* __restrict pull) {
  const float* __restrict mean = of.mean;
  const float* __restrict factor = of.factor;
  const float* __restrict offset = of.offset;
  const float slope = of.slope;
  for (int64_t row = 0; row < rows; ++row, x += channels, dy += channels, dx += channels) {
    for (int64_t c = 0; c < channels; ++c) {
      const float distance = toFloat(x[c]) - mean[c];
      const float g = toFloat(dy[c]) * (distance * factor[c] + offset[c] > 0 ? 1.0f : slope);
      fromFloat(factor[c] * (g - shift[c] - distance * pull[c]), dx[c]);
    }
  }
}

// The factors of one optimizer step.
struct NesterovFactors {
  float clip, decay, momentum, rate;
};

FRACTURA_INLINE void nesterovBody(const float* __restrict w, const float* __restrict b, const float* __restrict g,
                                  float* __restrict newW, float* __restrict newB, int64_t count, NesterovFactors by) {
  for (int64_t i = 0; i < count; ++i) {
    const float gradient = g[i] * by.clip + w[i] * by.decay;
    const float velocity = b[i] * by.momentum + gradient;
    newB[i] = velocity;
    newW[i] = w[i] - (gradient + velocity * by.momentum) * by.rate;
  }
}

// What the operations call.
template <typename T>
struct RowLoops {
  void (*moments)(const T*, int64_t, int64_t, float*, float*);
  void (*normalise)(const T*, T*, int64_t, int64_t, const ChannelConstants&);
  void (*gradientSums)(const T*, const T*, int64_t, int64_t, const ChannelConstants&, float*, float*);
  void (*inputGradient)(const T*, const T*, T*, int64_t, int64_t, const ChannelConstants&, const float*, const float*);
};

using NesterovLoop = void (*)(const float*, const float*, const float*, float*, float*, int64_t, NesterovFactors);

#define FRACTURA_LOOPS(SUFFIX, TARGET)                                                                                 \
  template <typename T>                                                                                                \
  TARGET void moments##SUFFIX(const T* x, int64_t n, int64_t c, float* m, float* s) {                                  \
    momentsBody(x, n, c, m, s);                                                                                        \
  }                                                                                                                    \
  template <typename T>                                                                                                \
  TARGET void normalise##SUFFIX(const T* x, T* y, int64_t n, int64_t c, const ChannelConstants& of) {                  \
    normaliseBody(x, y, n, c, of);                                                                                     \
  }                                                                                                                    \
  template <typename T>                                                                                                \
  TARGET void gradientSums##SUFFIX(const T* dy, const T* x, int64_t n, int64_t c, const ChannelConstants& of,          \
                                   float* s, float* p) {                                                               \
    gradientSumsBody(dy, x, n, c, of, s, p);                                                                           \
  }                                                                                                                    \
  template <typename T>                                                                                                \
  TARGET void inputGradient##SUFFIX(const T* dy, const T* x, T* dx, int64_t n, int64_t c, const ChannelConstants& of,  \
                                    const float* s, const float* p) {                                                  \
    inputGradientBody(dy, x, dx, n, c, of, s, p);                                                                      \
  }                                                                                                                    \
  template <typename T>                                                                                                \
  RowLoops<T> loops##SUFFIX() {                                                                                        \
    return {moments##SUFFIX<T>, normalise##SUFFIX<T>, gradientSums##SUFFIX<T>, inputGradient##SUFFIX<T>};              \
  }                                                                                                                    \
  TARGET inline void nesterov##SUFFIX(const float* w, const float* b, const float* g, float* nw, float* nb, int64_t n, \
                                      NesterovFactors by) {                                                            \
    nesterovBody(w, b, g, nw, nb, n, by);                                                                              \
  }

FRACTURA_LOOPS(Plain, )
#ifdef FRACTURA_AVX
FRACTURA_LOOPS(Avx2, __attribute__((target("avx2,fma"))))
FRACTURA_LOOPS(Avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))))

inline bool hasAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
inline bool hasAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

template <typename T>
RowLoops<T> bestLoops() {
#ifdef FRACTURA_AVX
  if (hasAvx512()) return loopsAvx512<T>();
  if (hasAvx2()) return loopsAvx2<T>();
#endif
  return loopsPlain<T>();
}

inline NesterovLoop bestNesterov() {
#ifdef FRACTURA_AVX
  if (hasAvx512()) return nesterovAvx512;
  if (hasAvx2()) return nesterovAvx2;
#endif
  return nesterovPlain;
}
