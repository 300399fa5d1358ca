// Normalisation per sample and channel with the activation that follows, and its gradient. Statistics are exact to
// float32: each few rows, small enough for the nearest cache, get a mean and a sum of squares of their own, which are
// then merged in double.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "crew.h"
#include "norm_loops.h"

// [batch, positions, channels]
struct Extent {
  int64_t batch, positions, channels;

  int64_t sampleSize() const { return positions * channels; }
  int64_t size() const { return batch * sampleSize(); }
};

// Rows that the nearest cache holds, and few enough for a sum in float32.
inline int64_t rowsAtATime(int64_t channels) {
  constexpr int64_t numbersInCache = 4096, mostRows = 256;
  return std::clamp<int64_t>(numbersInCache / channels, 1, mostRows);
}

// A sample's positions in equal parts, as many as give every thread work; one part means that a thread does whole
// samples.
struct Parts {
  int64_t perSample;
  int64_t rows;

  static Parts of(const Extent& extent, int threads) {
    constexpr int64_t fewNumbers = 1 << 15;
    int64_t count = 1;
    if (extent.batch % threads != 0 && extent.batch < 4 * threads) {
      const int64_t wanted = (2 * threads + extent.batch - 1) / extent.batch;
      count = std::max<int64_t>(1, std::min(wanted, extent.sampleSize() / fewNumbers));
    }
    const int64_t rows = (extent.positions + count - 1) / count;
    return {(extent.positions + rows - 1) / rows, rows};
  }
};

// Calls work(sample, part, first row, rows) for all of them; small tensors are not worth waking other threads.
template <typename Work>
void forEachPart(const Extent& extent, const Parts& parts, const Work& work) {
  constexpr int64_t worthSharing = 1 << 16;
  const auto item = [&](int64_t index) {
    const int64_t sample = index / parts.perSample, part = index % parts.perSample;
    const int64_t first = part * parts.rows;
    work(sample, part, first, std::min(parts.rows, extent.positions - first));
  };
  const int64_t items = extent.batch * parts.perSample;
  if (extent.size() >= worthSharing) {
    Crew::ofProcess().share(items, item);
  } else {
    for (int64_t index = 0; index < items; ++index) item(index);
  }
}

// Running moments of each channel, merged as Chan, Golub and LeVeque do (1979).
struct Moments {
  std::vector<double> mean, squares;
  double count = 0;

  explicit Moments(int64_t channels) : mean(channels), squares(channels) {}

  template <typename M, typename S>
  void merge(const M* otherMean, const S* otherSquares, double otherCount) {
    const double total = count + otherCount;
    for (size_t c = 0; c < mean.size(); ++c) {
      const double distance = otherMean[c] - mean[c];
      mean[c] += distance * (otherCount / total);
      squares[c] += otherSquares[c] + distance * distance * (count * otherCount / total);
    }
    count = total;
  }
};

template <typename T>
Moments momentsOf(const T* x, int64_t rows, int64_t channels) {
  Moments all(channels);
  std::vector<float> mean(channels), squares(channels);
  const int64_t step = rowsAtATime(channels);
  for (int64_t row = 0; row < rows; row += step) {
    const int64_t count = std::min(step, rows - row);
    fastest<MomentsLoop<T>>(x + row * channels, count, channels, mean.data(), squares.data());
    all.merge(mean.data(), squares.data(), static_cast<double>(count));
  }
  return all;
}

// scale / sqrt(variance + epsilon) for the channels of one sample.
inline std::vector<float> factorsOf(const float* variance, const float* scale, float epsilon, int64_t channels) {
  std::vector<float> factors(channels);
  for (int64_t c = 0; c < channels; ++c) factors[c] = scale[c] / std::sqrt(variance[c] + epsilon);
  return factors;
}

// mean and variance (biased) come out as [batch, channels].
template <typename T>
void normalise(const Extent& extent, const T* x, const float* scale, const float* offset, float epsilon, Activation then,
               T* y, float* mean, float* variance) {
  const int64_t channels = extent.channels;
  const Parts parts = Parts::of(extent, Crew::ofProcess().threads());
  const auto place = [&](int64_t sample, const Moments& moments) {
    for (int64_t c = 0; c < channels; ++c) {
      mean[sample * channels + c] = static_cast<float>(moments.mean[c]);
      variance[sample * channels + c] = static_cast<float>(moments.squares[c] / moments.count);
    }
  };
  const auto apply = [&](int64_t sample, int64_t first, int64_t rows) {
    const std::vector<float> factors = factorsOf(variance + sample * channels, scale, epsilon, channels);
    const int64_t begin = sample * extent.sampleSize() + first * channels;
    fastest<NormaliseLoop<T>>(x + begin, y + begin, rows, channels,
                              ChannelConstants{mean + sample * channels, factors.data(), offset, then});
  };
  const auto read = [&](int64_t sample, int64_t first, int64_t rows) {
    return momentsOf(x + sample * extent.sampleSize() + first * channels, rows, channels);
  };
  if (parts.perSample == 1) {
    forEachPart(extent, parts, [&](int64_t sample, int64_t, int64_t first, int64_t rows) {
      place(sample, read(sample, first, rows));
      apply(sample, first, rows);
    });
    return;
  }
  std::vector<Moments> partial(extent.batch * parts.perSample, Moments(channels));
  forEachPart(extent, parts, [&](int64_t sample, int64_t part, int64_t first, int64_t rows) {
    partial[sample * parts.perSample + part] = read(sample, first, rows);
  });
  for (int64_t sample = 0; sample < extent.batch; ++sample) {
    Moments all(channels);
    for (int64_t part = 0; part < parts.perSample; ++part) {
      const Moments& one = partial[sample * parts.perSample + part];
      all.merge(one.mean.data(), one.squares.data(), one.count);
    }
    place(sample, all);
  }
  forEachPart(extent, parts, [&](int64_t sample, int64_t, int64_t first, int64_t rows) { apply(sample, first, rows); });
}

// By given statistics, [channels] each.
template <typename T>
void normaliseWith(const Extent& extent, const T* x, const float* scale, const float* offset, const float* mean,
                   const float* variance, float epsilon, Activation then, T* y) {
  const Extent asOne{1, extent.batch * extent.positions, extent.channels};
  const std::vector<float> factors = factorsOf(variance, scale, epsilon, extent.channels);
  const Parts parts = Parts::of(asOne, Crew::ofProcess().threads());
  forEachPart(asOne, parts, [&](int64_t, int64_t, int64_t first, int64_t rows) {
    const int64_t begin = first * extent.channels;
    fastest<NormaliseLoop<T>>(x + begin, y + begin, rows, extent.channels,
                              ChannelConstants{mean, factors.data(), offset, then});
  });
}

// Sums over positions of the gradient before the activation, and of its products with the distance from the mean.
struct GradientSums {
  std::vector<double> sum, products;

  explicit GradientSums(int64_t channels) : sum(channels), products(channels) {}

  template <typename N>
  void add(const N* otherSum, const N* otherProducts) {
    for (size_t c = 0; c < sum.size(); ++c) {
      sum[c] += otherSum[c];
      products[c] += otherProducts[c];
    }
  }
};

template <typename T>
GradientSums gradientSumsOf(const T* dy, const T* x, int64_t rows, int64_t channels,
                            const ChannelConstants& constants) {
  GradientSums all(channels);
  std::vector<float> sum(channels), products(channels);
  const int64_t step = rowsAtATime(channels);
  for (int64_t row = 0; row < rows; row += step) {
    std::fill(sum.begin(), sum.end(), 0.0f);
    std::fill(products.begin(), products.end(), 0.0f);
    const int64_t begin = row * channels;
    fastest<GradientSumsLoop<T>>(dy + begin, x + begin, std::min(step, rows - row), channels, constants, sum.data(),
                                 products.data());
    all.add(sum.data(), products.data());
  }
  return all;
}

// With n positions: dx = scale / deviation (g - mean(g) - standard(x) mean(g standard(x))), where g is dy through the
// activation.
template <typename T>
void normaliseGradient(const Extent& extent, const T* dy, const T* x, const float* scale, const float* offset,
                       const float* mean, const float* variance, float epsilon, Activation then, T* dx, float* dScale,
                       float* dOffset) {
  const int64_t channels = extent.channels;
  const Parts parts = Parts::of(extent, Crew::ofProcess().threads());
  std::vector<std::vector<float>> factors(extent.batch);
  for (int64_t sample = 0; sample < extent.batch; ++sample) {
    factors[sample] = factorsOf(variance + sample * channels, scale, epsilon, channels);
  }
  const auto constantsOf = [&](int64_t sample) {
    return ChannelConstants{mean + sample * channels, factors[sample].data(), offset, then};
  };
  const auto read = [&](int64_t sample, int64_t first, int64_t rows) {
    const int64_t begin = sample * extent.sampleSize() + first * channels;
    return gradientSumsOf(dy + begin, x + begin, rows, channels, constantsOf(sample));
  };
  std::vector<GradientSums> sums(extent.batch, GradientSums(channels));
  const auto apply = [&](int64_t sample, int64_t first, int64_t rows) {
    std::vector<float> shift(channels), pull(channels);
    for (int64_t c = 0; c < channels; ++c) {
      const double n = static_cast<double>(extent.positions);
      shift[c] = static_cast<float>(sums[sample].sum[c] / n);
      pull[c] = static_cast<float>(sums[sample].products[c] / n /
                                   (static_cast<double>(variance[sample * channels + c]) + epsilon));
    }
    const int64_t begin = sample * extent.sampleSize() + first * channels;
    fastest<InputGradientLoop<T>>(dy + begin, x + begin, dx + begin, rows, channels, constantsOf(sample), shift.data(),
                                  pull.data());
  };
  if (parts.perSample == 1) {
    forEachPart(extent, parts, [&](int64_t sample, int64_t, int64_t first, int64_t rows) {
      sums[sample] = read(sample, first, rows);
      apply(sample, first, rows);
    });
  } else {
    std::vector<GradientSums> partial(extent.batch * parts.perSample, GradientSums(channels));
    forEachPart(extent, parts, [&](int64_t sample, int64_t part, int64_t first, int64_t rows) {
      partial[sample * parts.perSample + part] = read(sample, first, rows);
    });
    for (int64_t item = 0; item < static_cast<int64_t>(partial.size()); ++item) {
      sums[item / parts.perSample].add(partial[item].sum.data(), partial[item].products.data());
    }
    forEachPart(extent, parts,
                [&](int64_t sample, int64_t, int64_t first, int64_t rows) { apply(sample, first, rows); });
  }
  for (int64_t c = 0; c < channels; ++c) {
    double overScale = 0, overOffset = 0;
    for (int64_t sample = 0; sample < extent.batch; ++sample) {
      overOffset += sums[sample].sum[c];
      overScale += sums[sample].products[c] / std::sqrt(static_cast<double>(variance[sample * channels + c]) + epsilon);
    }
    dScale[c] = static_cast<float>(overScale);
    dOffset[c] = static_cast<float>(overOffset);
  }
}
