// The inner loop of a convolution for use: a few positions of a row times a few lanes of output channels.
#pragma once

#include <algorithm>
#include <cstdint>

#include "lanes.h"

// What one row of the kernel sees: numbers of the first position's window, which lie beside each other, and the weights
// of each, as many as the lanes of a group have.
struct Span {
  const float* from;
  const float* weights;
};

// Output channels in groups of up to three lanes, as even as they can be.
struct LaneGroups {
  explicit LaneGroups(int64_t channels)
      : channels(channels), lanes((channels + laneWidth - 1) / laneWidth), count((lanes + mostLanes - 1) / mostLanes) {}

  int64_t firstLane(int64_t group) const { return lanes * group / count; }
  int64_t lanesIn(int64_t group) const { return firstLane(group + 1) - firstLane(group); }
  int64_t channelsIn(int64_t group) const {
    return std::min(channels - firstLane(group) * laneWidth, lanesIn(group) * laneWidth);
  }

  static constexpr int64_t mostLanes = 3;
  const int64_t channels, lanes, count;
};

// y = activation(bias + the sum over all spans of numbers times weights) + plus, which may be null, for `count`
// positions, whose windows lie `step` numbers apart. `wide`: 32 registers of 16 numbers instead of 16 registers of 8.
template <typename T, bool wide>
struct ConvolutionLoop {
  template <int together, int lanes>
  static FRACTURA_INLINE void positions(const Span* spans, int64_t spanCount, int64_t length, int64_t step, int64_t at,
                                        const float* bias, Activation then, const T* plus, T* y, int64_t yStep,
                                        int64_t channels) {
    Lane sums[together][lanes];
    for (int l = 0; l < lanes; ++l) {
      Lane first;
      load(bias + l * laneWidth, first);
      for (int j = 0; j < together; ++j) sums[j][l] = first;
    }
    for (int64_t span = 0; span < spanCount; ++span) {
      const float* from = spans[span].from + at * step;
      const float* weights = spans[span].weights;
      for (int64_t k = 0; k < length; ++k, weights += lanes * laneWidth) {
        Lane w[lanes];
        for (int l = 0; l < lanes; ++l) load(weights + l * laneWidth, w[l]);
        for (int j = 0; j < together; ++j) {
          const float x = from[j * step + k];
          for (int l = 0; l < lanes; ++l) sums[j][l] += x * w[l];
        }
      }
    }
    for (int j = 0; j < together; ++j) {
      for (int l = 0; l < lanes; ++l) {
        const int64_t place = (at + j) * yStep + l * laneWidth, count = channels - l * laneWidth;
        Lane result = activate(sums[j][l], then), more{};
        if (plus != nullptr) loadSome(plus + place, more, count);
        storeSome(result + more, y + place, count);
      }
    }
  }

  // The last few positions are computed together with some of those before them, once more.
  template <int together, int lanes>
  static FRACTURA_INLINE void row(const Span* spans, int64_t spanCount, int64_t length, int64_t step, int64_t count,
                                  const float* bias, Activation then, const T* plus, T* y, int64_t yStep,
                                  int64_t channels) {
    if (count < together) {
      for (int64_t at = 0; at < count; ++at) {
        positions<1, lanes>(spans, spanCount, length, step, at, bias, then, plus, y, yStep, channels);
      }
      return;
    }
    for (int64_t at = 0; at < count; at += together) {
      positions<together, lanes>(spans, spanCount, length, step, std::min(at, count - together), bias, then, plus, y,
                                 yStep, channels);
    }
  }

  static FRACTURA_INLINE void run(int64_t lanes, const Span* spans, int64_t spanCount, int64_t length, int64_t step,
                                  int64_t count, const float* bias, Activation then, const T* plus, T* y, int64_t yStep,
                                  int64_t channels) {
    if (lanes == 1) {
      row<wide ? 12 : 6, 1>(spans, spanCount, length, step, count, bias, then, plus, y, yStep, channels);
    } else if (lanes == 2) {
      row<wide ? 10 : 3, 2>(spans, spanCount, length, step, count, bias, then, plus, y, yStep, channels);
    } else {
      row<wide ? 8 : 2, 3>(spans, spanCount, length, step, count, bias, then, plus, y, yStep, channels);
    }
  }
};
