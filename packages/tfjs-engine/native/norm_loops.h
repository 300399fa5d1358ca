// The inner loops of normalisation: a few rows of channels at a time.
#pragma once

#include <cstdint>

#include "activation.h"
#include "instructions.h"
#include "numbers.h"

FRACTURA_INLINE float activationGradient(float value, Activation by) {
  const float above = value < by.ceiling ? 1.0f : 0.0f;
  return value > 0 ? above : by.slope;
}

// The constants of one sample's channels.
struct ChannelConstants {
  const float* mean;
  const float* factor;  // scale / sqrt(variance + epsilon)
  const float* offset;
  Activation then;
};

// The mean of each channel over the rows, and the sum of squared distances from it.
template <typename T>
struct MomentsLoop {
  static FRACTURA_INLINE void run(const T* x, int64_t rows, int64_t channels, float* mean, float* squares) {
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
};

template <typename T>
struct NormaliseLoop {
  static FRACTURA_INLINE void run(const T* __restrict x, T* __restrict y, int64_t rows, int64_t channels,
                                  ChannelConstants of) {
    const float* __restrict mean = of.mean;
    const float* __restrict factor = of.factor;
    const float* __restrict offset = of.offset;
    const Activation then = of.then;
    for (int64_t row = 0; row < rows; ++row, x += channels, y += channels) {
      for (int64_t c = 0; c < channels; ++c) {
        fromFloat(activate((toFloat(x[c]) - mean[c]) * factor[c] + offset[c], then), y[c]);
      }
    }
  }
};

// Adds, for each channel, the gradient before the activation, and its product with the distance from the mean.
template <typename T>
struct GradientSumsLoop {
  static FRACTURA_INLINE void run(const T* __restrict dy, const T* __restrict x, int64_t rows, int64_t channels,
                                  ChannelConstants of, float* __restrict sum, float* __restrict products) {
    const float* __restrict mean = of.mean;
    const float* __restrict factor = of.factor;
    const float* __restrict offset = of.offset;
    const Activation then = of.then;
    for (int64_t row = 0; row < rows; ++row, x += channels, dy += channels) {
      for (int64_t c = 0; c < channels; ++c) {
        const float distance = toFloat(x[c]) - mean[c];
        const float g = toFloat(dy[c]) * activationGradient(distance * factor[c] + offset[c], then);
        sum[c] += g;
        products[c] += g * distance;
      }
    }
  }
};

// dx = factor (g - shift - distance * pull)
template <typename T>
struct InputGradientLoop {
  static FRACTURA_INLINE void run(const T* __restrict dy, const T* __restrict x, T* __restrict dx, int64_t rows,
                                  int64_t channels, ChannelConstants of, const float* __restrict shift,
                                  const float* __restrict pull) {
    const float* __restrict mean = of.mean;
    const float* __restrict factor = of.factor;
    const float* __restrict offset = of.offset;
    const Activation then = of.then;
    for (int64_t row = 0; row < rows; ++row, x += channels, dy += channels, dx += channels) {
      for (int64_t c = 0; c < channels; ++c) {
        const float distance = toFloat(x[c]) - mean[c];
        const float g = toFloat(dy[c]) * activationGradient(distance * factor[c] + offset[c], then);
        fromFloat(factor[c] * (g - shift[c] - distance * pull[c]), dx[c]);
      }
    }
  }
};
