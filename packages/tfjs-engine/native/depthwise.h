// Convolution of each channel with a kernel of its own, and its gradients. A few channels at a time, rows are unpacked
// once to float32 with zeros around them, and each output row is a sum of weighted rows.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "crew.h"
#include "lanes.h"

// x is [batch, height, width, channels], y [batch, outHeight, outWidth, channels], the kernel [rows, columns, channels];
// window (i, j) begins at row i * rowStride - top and column j * columnStride - left of x.
struct DepthwiseGeometry {
  int64_t batch, height, width, channels, outHeight, outWidth, rows, columns, rowStride, columnStride, top, left;

  int64_t taps() const { return rows * columns; }
  int64_t inputRow() const { return width * channels; }
  int64_t outputRow() const { return outWidth * channels; }
};

// Calls work(sample, first row, end of rows, first channel, channels) for all parts of [batch, height, ..., channels].
// The parts do not depend on the number of threads, so that sums over them do not either.
template <typename Work>
void forEachBand(int64_t batch, int64_t height, int64_t channels, const Work& work) {
  constexpr int64_t rowsAtATime = 32;
  const int64_t groups = (channels + channelsAtATime - 1) / channelsAtATime;
  const int64_t bands = (height + rowsAtATime - 1) / rowsAtATime;
  Crew::ofProcess().share(batch * bands * groups, [&](int64_t item) {
    const int64_t first = item / groups % bands * rowsAtATime, channel = item % groups * channelsAtATime;
    work(item / groups / bands, first, std::min(height, first + rowsAtATime), channel,
         std::min(channelsAtATime, channels - channel));
  });
}

// The last rows of an image that were unpacked, lane by lane, with zeros on the left and on the right.
template <typename T>
class UnpackedRows {
 public:
  // `image` begins at the first of the channels; `kept` rows are held, each `before` + `columns` + `after` wide.
  UnpackedRows(const T* image, int64_t height, int64_t width, int64_t imageChannels, int64_t channels, int64_t kept,
               int64_t before, int64_t after)
      : image_(image),
        height_(height),
        width_(width),
        imageChannels_(imageChannels),
        channels_(channels),
        kept_(kept),
        before_(before),
        laneSize_((before + width + after) * laneWidth),
        numbers_(static_cast<size_t>(kept * lanesAtATime * laneSize_)) {}

  // Unpacks what is not there yet of the rows from `first` to `last`, which only rise from call to call.
  void advance(int64_t first, int64_t last) {
    for (int64_t row = std::max({next_, first, int64_t{0}}); row <= std::min(last, height_ - 1); ++row) {
      fastest<UnpackLoop<T>>(image_ + row * width_ * imageChannels_, width_, imageChannels_, channels_,
                             at(row, 0, 0), laneSize_);
      next_ = row + 1;
    }
  }

  bool has(int64_t row) const { return row >= 0 && row < height_; }

  // The numbers from a column on, which may be one of the zeros before the first.
  float* at(int64_t row, int64_t lane, int64_t column) {
    return numbers_.data() + (row % kept_ * lanesAtATime + lane) * laneSize_ + (column + before_) * laneWidth;
  }

 private:
  const T* const image_;
  const int64_t height_, width_, imageChannels_, channels_, kept_, before_, laneSize_;
  std::vector<float> numbers_;
  int64_t next_ = 0;
};

// The kernel's numbers of a few channels: [tap][lane].
template <typename T>
std::vector<float> unpackedKernel(const DepthwiseGeometry& by, const T* kernel, int64_t channel, int64_t channels) {
  std::vector<float> weights(by.taps() * channelsAtATime);
  for (int64_t tap = 0; tap < by.taps(); ++tap) {
    fastest<UnpackLoop<T>>(kernel + tap * by.channels + channel, int64_t{1}, by.channels, channels,
                           weights.data() + tap * channelsAtATime, laneWidth);
  }
  return weights;
}

// How far windows reach over the right end of a row.
inline int64_t zerosBehind(const DepthwiseGeometry& by) {
  return std::max<int64_t>(0, (by.outWidth - 1) * by.columnStride + by.columns - by.left - by.width);
}

template <typename T>
void depthwise(const DepthwiseGeometry& by, const T* x, const T* kernel, T* y) {
  forEachBand(by.batch, by.outHeight, by.channels,
              [&](int64_t sample, int64_t begin, int64_t end, int64_t channel, int64_t channels) {
    const std::vector<float> weights = unpackedKernel(by, kernel, channel, channels);
    UnpackedRows<T> rows(x + sample * by.height * by.inputRow() + channel, by.height, by.width, by.channels, channels,
                         by.rows, by.left, zerosBehind(by));
    std::vector<Tap> taps;
    for (int64_t i = begin; i < end; ++i) {
      const int64_t first = i * by.rowStride - by.top;
      rows.advance(first, first + by.rows - 1);
      for (int64_t lane = 0; lane * laneWidth < channels; ++lane) {
        taps.clear();
        for (int64_t tap = 0; tap < by.taps(); ++tap) {
          const int64_t row = first + tap / by.columns;
          if (!rows.has(row)) continue;
          taps.push_back({rows.at(row, lane, tap % by.columns - by.left),
                          weights.data() + tap * channelsAtATime + lane * laneWidth});
        }
        T* to = y + (sample * by.outHeight + i) * by.outputRow() + channel + lane * laneWidth;
        fastest<WeightedSumLoop<T>>(taps.data(), static_cast<int64_t>(taps.size()), by.columnStride * laneWidth,
                                    by.outWidth, to, by.channels, std::min(laneWidth, channels - lane * laneWidth));
      }
    }
  });
}

// Each position of x gathers from the windows that saw it. Of columns that lie a stride apart, all were seen by the same
// columns of the kernel.
template <typename T>
void depthwiseInputGradient(const DepthwiseGeometry& by, const T* dy, const T* kernel, T* dx) {
  const int64_t margin = by.columns + 1;
  forEachBand(by.batch, by.height, by.channels,
              [&](int64_t sample, int64_t begin, int64_t end, int64_t channel, int64_t channels) {
    const std::vector<float> weights = unpackedKernel(by, kernel, channel, channels);
    UnpackedRows<T> rows(dy + sample * by.outHeight * by.outputRow() + channel, by.outHeight, by.outWidth, by.channels,
                         channels, by.rows, margin, margin);
    std::vector<Tap> taps;
    for (int64_t i = begin; i < end; ++i) {
      // The windows from `firstWindow` to `lastWindow` saw row i.
      const int64_t reached = i + by.top, lastWindow = reached / by.rowStride;
      const int64_t firstWindow = std::max<int64_t>(0, (reached - by.rows + by.rowStride) / by.rowStride);
      rows.advance(firstWindow, lastWindow);
      for (int64_t lane = 0; lane * laneWidth < channels; ++lane) {
        for (int64_t phase = 0; phase < std::min(by.columnStride, by.width); ++phase) {
          taps.clear();
          for (int64_t window = firstWindow; window <= lastWindow; ++window) {
            const int64_t kernelRow = reached - window * by.rowStride;
            if (!rows.has(window) || kernelRow >= by.rows) continue;
            for (int64_t column = (phase + by.left) % by.columnStride; column < by.columns; column += by.columnStride) {
              const int64_t from = (phase + by.left - column) / by.columnStride;
              taps.push_back({rows.at(window, lane, from),
                              weights.data() + (kernelRow * by.columns + column) * channelsAtATime + lane * laneWidth});
            }
          }
          T* to = dx + (sample * by.height + i) * by.inputRow() + phase * by.channels + channel + lane * laneWidth;
          fastest<WeightedSumLoop<T>>(taps.data(), static_cast<int64_t>(taps.size()), laneWidth,
                                      (by.width - phase + by.columnStride - 1) / by.columnStride, to,
                                      by.columnStride * by.channels,
                                      std::min(laneWidth, channels - lane * laneWidth));
        }
      }
    }
  });
}

template <typename T>
void depthwiseKernelGradient(const DepthwiseGeometry& by, const T* x, const T* dy, float* dKernel) {
  const int64_t size = by.taps() * by.channels;
  constexpr int64_t rowsAtATime = 32;
  const int64_t bands = (by.outHeight + rowsAtATime - 1) / rowsAtATime;
  std::vector<float> partial(by.batch * bands * size);
  forEachBand(by.batch, by.outHeight, by.channels,
              [&](int64_t sample, int64_t begin, int64_t end, int64_t channel, int64_t channels) {
    UnpackedRows<T> rows(x + sample * by.height * by.inputRow() + channel, by.height, by.width, by.channels, channels,
                         by.rows, by.left, zerosBehind(by));
    UnpackedRows<T> given(dy + sample * by.outHeight * by.outputRow() + channel, by.outHeight, by.outWidth, by.channels,
                          channels, 1, 0, 0);
    std::vector<float> sums(by.taps() * channelsAtATime);
    for (int64_t i = begin; i < end; ++i) {
      const int64_t first = i * by.rowStride - by.top;
      rows.advance(first, first + by.rows - 1);
      given.advance(i, i);
      for (int64_t lane = 0; lane * laneWidth < channels; ++lane) {
        for (int64_t tap = 0; tap < by.taps(); ++tap) {
          const int64_t row = first + tap / by.columns;
          if (!rows.has(row)) continue;
          fastest<ProductSumLoop>(rows.at(row, lane, tap % by.columns - by.left), by.columnStride * laneWidth,
                                  given.at(i, lane, 0), by.outWidth,
                                  sums.data() + tap * channelsAtATime + lane * laneWidth);
        }
      }
    }
    float* to = partial.data() + (sample * bands + begin / rowsAtATime) * size + channel;
    for (int64_t tap = 0; tap < by.taps(); ++tap) {
      std::copy_n(sums.data() + tap * channelsAtATime, channels, to + tap * by.channels);
    }
  });
  for (int64_t i = 0; i < size; ++i) {
    double sum = 0;
    for (int64_t part = 0; part < by.batch * bands; ++part) sum += partial[part * size + i];
    dKernel[i] = static_cast<float>(sum);
  }
}
