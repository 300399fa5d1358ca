// Convolution with its bias and activation in one, for use: networks that are not trained. Rows are unpacked once to
// float32 with zeros around them, so that what a window sees of a row lies in one piece; pointwise ones read in place.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "convolution_loop.h"
#include "crew.h"
#include "row_bands.h"

// x is [batch, height, width, channels], y [batch, outHeight, outWidth, outputs]; window (i, j) begins at row
// i * rowStride - top and column j * columnStride - left of x.
struct ConvolutionGeometry {
  int64_t batch, height, width, channels, outHeight, outWidth, outputs;
  int64_t rows, columns, rowStride, columnStride, top, left;

  bool isPointwise() const {
    return rows == 1 && columns == 1 && rowStride == 1 && columnStride == 1 && top == 0 && left == 0 &&
           outHeight == height && outWidth == width;
  }
};

// How many numbers a packed kernel has.
inline int64_t packedSize(int64_t taps, int64_t outputs) { return taps * LaneGroups(outputs).lanes * laneWidth; }

// kernel [taps, outputs] group after group: [group][tap][lane], zeros where a lane has no more channels.
inline void packKernel(const float* kernel, int64_t taps, int64_t outputs, float* packed) {
  const LaneGroups groups(outputs);
  for (int64_t group = 0; group < groups.count; ++group) {
    const int64_t width = groups.lanesIn(group) * laneWidth, channels = groups.channelsIn(group);
    const float* from = kernel + groups.firstLane(group) * laneWidth;
    for (int64_t tap = 0; tap < taps; ++tap, from += outputs, packed += width) {
      std::copy_n(from, channels, packed);
      std::fill_n(packed + channels, width - channels, 0.0f);
    }
  }
}

// What all parts of a convolution share.
struct ConvolutionForUse {
  ConvolutionForUse(const ConvolutionGeometry& by, const float* packed, const float* bias, Activation then)
      : by(by), groups(by.outputs), packed(packed), bias(groups.lanes * laneWidth), then(then) {
    std::copy_n(bias, by.outputs, this->bias.data());
  }

  // `count` positions of one row of the output, with `plus` added in the end unless it is null; numbers[r] are what the
  // kernel's row r sees, null where that is nothing but zeros.
  template <typename T>
  void row(const std::vector<const float*>& numbers, int64_t step, int64_t count, const T* plus, T* y) const {
    const int64_t length = by.columns * by.channels;
    std::vector<Span> spans;
    for (int64_t group = 0; group < groups.count; ++group) {
      const int64_t lanes = groups.lanesIn(group), first = groups.firstLane(group) * laneWidth;
      const float* weights = packed + first * by.rows * length;
      spans.clear();
      for (int64_t r = 0; r < by.rows; ++r) {
        if (numbers[r] != nullptr) spans.push_back({numbers[r], weights + r * length * lanes * laneWidth});
      }
      fastestOf<ConvolutionLoop<T, true>, ConvolutionLoop<T, false>>(
          lanes, static_cast<const Span*>(spans.data()), static_cast<int64_t>(spans.size()), length, step, count,
          bias.data() + first, then, plus == nullptr ? nullptr : plus + first, y + first, by.outputs,
          groups.channelsIn(group));
    }
  }

  const ConvolutionGeometry by;
  const LaneGroups groups;
  const float* const packed;
  std::vector<float> bias;
  const Activation then;
};

FRACTURA_INLINE void unpack(const float* from, int64_t count, float* to) { std::copy_n(from, count, to); }

struct UnpackAllLoop {
  static FRACTURA_INLINE void run(const bfloat16* from, int64_t count, float* to) {
    for (int64_t i = 0; i < count; ++i) to[i] = toFloat(from[i]);
  }
};

inline void unpack(const bfloat16* from, int64_t count, float* to) { fastest<UnpackAllLoop>(from, count, to); }

// The numbers as float32: themselves where they are that.
inline const float* asFloats(const float* from, int64_t, std::vector<float>&) { return from; }

inline const float* asFloats(const bfloat16* from, int64_t count, std::vector<float>& kept) {
  kept.resize(count);
  unpack(from, count, kept.data());
  return kept.data();
}

// Every position by itself: the image is one long row.
template <typename T>
void convolvePointwise(const ConvolutionForUse& convolution, const T* x, const T* plus, T* y) {
  const ConvolutionGeometry& by = convolution.by;
  const int64_t positions = by.batch * by.height * by.width;
  constexpr int64_t atATime = 80;
  Crew::ofProcess().share((positions + atATime - 1) / atATime, [&](int64_t item) {
    const int64_t first = item * atATime, count = std::min(atATime, positions - first);
    std::vector<float> kept;
    const float* from = asFloats(x + first * by.channels, count * by.channels, kept);
    const int64_t at = first * by.outputs;
    convolution.row({from}, by.channels, count, plus == nullptr ? nullptr : plus + at, y + at);
  });
}

// A row of the image as float32.
template <typename T>
void unpackRow(const ConvolutionGeometry& by, const T* x, int64_t sample, int64_t row, float* to) {
  const int64_t size = by.width * by.channels;
  unpack(x + (sample * by.height + row) * size, size, to);
}

// A row of an image whose first channels come from a map of half the size, each of its positions four times.
template <typename T>
void unpackJoinedRow(const ConvolutionGeometry& by, const T* deeper, int64_t deeperChannels, const T* x, int64_t sample,
                     int64_t row, float* to) {
  const int64_t ownChannels = by.channels - deeperChannels;
  const T* above = deeper + (sample * (by.height / 2) + row / 2) * (by.width / 2) * deeperChannels;
  const T* own = x + (sample * by.height + row) * by.width * ownChannels;
  for (int64_t column = 0; column < by.width; ++column, to += by.channels, own += ownChannels) {
    unpack(above + column / 2 * deeperChannels, deeperChannels, to);
    unpack(own, ownChannels, to + deeperChannels);
  }
}

// unpackRow(sample, row, to) gives a row of the image.
template <typename T, typename UnpackRow>
void convolveWindows(const ConvolutionForUse& convolution, const UnpackRow& unpackRow, const T* plus, T* y) {
  const ConvolutionGeometry& by = convolution.by;
  const int64_t reach = (by.outWidth - 1) * by.columnStride + by.columns;
  const int64_t rowSize = std::max(reach, by.left + by.width) * by.channels;
  forEachRowBand(by.batch, by.outHeight, [&](int64_t sample, int64_t begin, int64_t end) {
    std::vector<float> kept(by.rows * rowSize);
    std::vector<const float*> numbers(by.rows);
    int64_t next = 0;
    for (int64_t i = begin; i < end; ++i) {
      for (int64_t r = 0; r < by.rows; ++r) {
        const int64_t row = i * by.rowStride - by.top + r;
        if (row < 0 || row >= by.height) {
          numbers[r] = nullptr;
          continue;
        }
        float* place = kept.data() + row % by.rows * rowSize;
        if (row >= next) {
          unpackRow(sample, row, place + by.left * by.channels);
          next = row + 1;
        }
        numbers[r] = place;
      }
      const int64_t at = (sample * by.outHeight + i) * by.outWidth * by.outputs;
      convolution.row(numbers, by.columnStride * by.channels, by.outWidth, plus == nullptr ? nullptr : plus + at,
                      y + at);
    }
  });
}

template <typename T>
void convolve(const ConvolutionForUse& convolution, const T* x, const T* plus, T* y) {
  if (convolution.by.isPointwise()) return convolvePointwise(convolution, x, plus, y);
  convolveWindows(
      convolution,
      [&](int64_t sample, int64_t row, float* to) { unpackRow(convolution.by, x, sample, row, to); }, plus, y);
}

// The channels of the image are those of `deeper`, a map of half its size, and then those of x.
template <typename T>
void convolveJoined(const ConvolutionForUse& convolution, const T* deeper, int64_t deeperChannels, const T* x, T* y) {
  convolveWindows<T>(
      convolution,
      [&](int64_t sample, int64_t row, float* to) {
        unpackJoinedRow(convolution.by, deeper, deeperChannels, x, sample, row, to);
      },
      nullptr, y);
}
