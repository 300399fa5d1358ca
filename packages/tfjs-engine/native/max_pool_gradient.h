// The gradient of a maximum over windows goes to where the maximum was; among equals to the first, as in PyTorch.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include "crew.h"
#include "instructions.h"
#include "numbers.h"

// The window of a pooling, along height and width alike; padding lies on both sides.
struct Window {
  int64_t size, stride, padding;
};

// One window over some channels, whose positions lie `rowStep` and `columnStep` numbers apart.
template <typename T>
struct MaxPoolGradientLoop {
  static constexpr int64_t mostChannels = 256;

  static FRACTURA_INLINE void run(const T* __restrict dy, const T* __restrict x, T* __restrict dx, int64_t rows,
                                  int64_t columns, int64_t rowStep, int64_t columnStep, int64_t channels) {
    float largest[mostChannels];
    int32_t place[mostChannels];
    for (int64_t c = 0; c < channels; ++c) {
      largest[c] = -std::numeric_limits<float>::infinity();
      place[c] = 0;
    }
    for (int64_t position = 0; position < rows * columns; ++position) {
      const T* here = x + position / columns * rowStep + position % columns * columnStep;
      for (int64_t c = 0; c < channels; ++c) {
        const float value = toFloat(here[c]);
        const bool larger = value > largest[c] || value != value;
        largest[c] = larger ? value : largest[c];
        place[c] = larger ? static_cast<int32_t>(position) : place[c];
      }
    }
    for (int64_t position = 0; position < rows * columns; ++position) {
      T* here = dx + position / columns * rowStep + position % columns * columnStep;
      for (int64_t c = 0; c < channels; ++c) {
        const float share = place[c] == position ? toFloat(dy[c]) : 0.0f;
        fromFloat(toFloat(here[c]) + share, here[c]);
      }
    }
  }
};

// x and dx are [batch, height, width, channels], dy [batch, outHeight, outWidth, channels].
template <typename T>
void maxPoolGradient(const T* dy, const T* x, T* dx, int64_t batch, int64_t height, int64_t width, int64_t outHeight,
                     int64_t outWidth, int64_t channels, Window window) {
  constexpr int64_t mostChannels = MaxPoolGradientLoop<T>::mostChannels;
  const auto first = [&](int64_t out) { return out * window.stride - window.padding; };
  Crew::ofProcess().share(batch, [&](int64_t sample) {
    const T* from = x + sample * height * width * channels;
    T* to = dx + sample * height * width * channels;
    const T* given = dy + sample * outHeight * outWidth * channels;
    std::memset(static_cast<void*>(to), 0, height * width * channels * sizeof(T));
    for (int64_t i = 0; i < outHeight; ++i) {
      const int64_t top = std::max<int64_t>(0, first(i)), bottom = std::min(height, first(i) + window.size);
      for (int64_t j = 0; j < outWidth; ++j) {
        const int64_t left = std::max<int64_t>(0, first(j)), right = std::min(width, first(j) + window.size);
        const int64_t corner = (top * width + left) * channels;
        for (int64_t c = 0; c < channels; c += mostChannels) {
          fastest<MaxPoolGradientLoop<T>>(given + (i * outWidth + j) * channels + c, from + corner + c, to + corner + c,
                                          bottom - top, right - left, width * channels, channels,
                                          std::min(mostChannels, channels - c));
        }
      }
    }
  });
}
