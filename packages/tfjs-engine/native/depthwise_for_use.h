// Convolution of each channel with a kernel of its own, with bias and activation in one, for use: networks that are not
// trained. All channels of a few neighbouring positions at a time, read in place, so that memory is read as it lies.
#pragma once

#include <algorithm>
#include <cstdint>

#include "depthwise.h"
#include "row_bands.h"

// Columns first and end of them that a window at a column of x, which may lie outside, has in common with x.
struct Columns {
  int64_t first, end;
};

// y of a row's positions; x, weights and y begin at the first channel of a lane.
template <typename T>
struct DepthwiseForUseLoop {
  // `together` windows that lie within x from left to right, or one whose columns are cut.
  template <int together>
  static FRACTURA_INLINE void windows(const DepthwiseGeometry& by, const T* const* rows, int64_t column, Columns cut,
                                      const float* kernel, const float* bias, Activation then, T* y) {
    const int64_t step = by.columnStride * by.channels;
    for (int64_t c = 0; c < by.channels; c += laneWidth) {
      const int64_t count = by.channels - c;
      Lane sums[together];
      loadSome(bias + c, sums[0], count);
      for (int j = 1; j < together; ++j) sums[j] = sums[0];
      for (int64_t r = 0; r < by.rows; ++r) {
        if (rows[r] == nullptr) continue;
        for (int64_t k = cut.first; k < cut.end; ++k) {
          Lane weights;
          loadSome(kernel + (r * by.columns + k) * by.channels + c, weights, count);
          const T* from = rows[r] + (column + k) * by.channels + c;
          for (int j = 0; j < together; ++j) {
            Lane x;
            loadSome(from + j * step, x, count);
            sums[j] += x * weights;
          }
        }
      }
      for (int j = 0; j < together; ++j) storeSome(activate(sums[j], then), y + j * by.channels + c, count);
    }
  }

  // rows[r]: the row of x that the kernel's row r meets, null outside.
  static FRACTURA_INLINE void run(const DepthwiseGeometry* by, const T* const* rows, const float* kernel,
                                  const float* bias, Activation then, T* y) {
    constexpr int together = 4;
    for (int64_t j = 0; j < by->outWidth;) {
      const int64_t column = j * by->columnStride - by->left;
      const int64_t last = column + (together - 1) * by->columnStride + by->columns;
      if (column >= 0 && last <= by->width && j + together <= by->outWidth) {
        windows<together>(*by, rows, column, {0, by->columns}, kernel, bias, then, y + j * by->channels);
        j += together;
      } else {
        const Columns cut{std::max<int64_t>(0, -column), std::min(by->columns, by->width - column)};
        windows<1>(*by, rows, column, cut, kernel, bias, then, y + j * by->channels);
        j += 1;
      }
    }
  }
};

template <typename T>
void depthwiseForUse(const DepthwiseGeometry& by, const T* x, const float* kernel, const float* bias, Activation then,
                     T* y) {
  forEachRowBand(by.batch, by.outHeight, [&](int64_t sample, int64_t begin, int64_t end) {
    std::vector<const T*> rows(by.rows);
    for (int64_t i = begin; i < end; ++i) {
      for (int64_t r = 0; r < by.rows; ++r) {
        const int64_t row = i * by.rowStride - by.top + r;
        rows[r] = row < 0 || row >= by.height ? nullptr : x + (sample * by.height + row) * by.inputRow();
      }
      fastest<DepthwiseForUseLoop<T>>(&by, static_cast<const T* const*>(rows.data()), kernel, bias, then,
                                      y + (sample * by.outHeight + i) * by.outputRow());
    }
  });
}
