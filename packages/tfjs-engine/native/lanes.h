// Loops over lanes: a few channels of every position of a row, unpacked to float32, as many as a register of AVX-512 has.
#pragma once

#include <cstdint>
#include <cstring>

#include "activation.h"
#include "instructions.h"
#include "numbers.h"

constexpr int64_t laneWidth = 16, lanesAtATime = 2, channelsAtATime = laneWidth * lanesAtATime;

typedef float Lane __attribute__((vector_size(64)));
typedef uint32_t LaneBits __attribute__((vector_size(64)));
typedef uint16_t LaneHalves __attribute__((vector_size(32)));

FRACTURA_INLINE void load(const float* from, Lane& lane) { std::memcpy(&lane, from, sizeof lane); }

FRACTURA_INLINE void load(const bfloat16* from, Lane& lane) {
  LaneHalves halves;
  std::memcpy(&halves, from, sizeof halves);
  const LaneBits bits = __builtin_convertvector(halves, LaneBits) << 16;
  std::memcpy(&lane, &bits, sizeof lane);
}

FRACTURA_INLINE void store(const Lane& lane, float* to) { std::memcpy(to, &lane, sizeof lane); }

// Rounds as fromFloat does.
FRACTURA_INLINE void store(const Lane& lane, bfloat16* to) {
  LaneBits bits;
  std::memcpy(&bits, &lane, sizeof bits);
  const LaneBits rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  const LaneBits isNumber = reinterpret_cast<LaneBits>(lane == lane);
  const LaneHalves halves = __builtin_convertvector((rounded & isNumber) | (~isNumber & 0x7fc0), LaneHalves);
  std::memcpy(to, &halves, sizeof halves);
}

// Reads up to 16 numbers; what lies behind them is zero.
template <typename T>
FRACTURA_INLINE void loadSome(const T* from, Lane& lane, int64_t count) {
  if (count >= laneWidth) return load(from, lane);
  T all[laneWidth] = {};
  std::memcpy(all, from, count * sizeof(T));
  load(all, lane);
}

// Writes up to 16 numbers.
template <typename T>
FRACTURA_INLINE void storeSome(const Lane& lane, T* to, int64_t count) {
  if (count >= laneWidth) return store(lane, to);
  T all[laneWidth];
  store(lane, all);
  int64_t c = 0;
  if (count >= laneWidth / 2) {
    std::memcpy(to, all, laneWidth / 2 * sizeof(T));
    c = laneWidth / 2;
  }
  for (; c < count; ++c) to[c] = all[c];
}

FRACTURA_INLINE Lane activate(const Lane& value, Activation by) {
  const Lane above = value < by.ceiling ? value : Lane{} + by.ceiling, below = value * by.slope;
  return value > 0 ? above : below;
}

// Positions of up to `channelsAtATime` channels, `step` numbers apart, to lanes that begin `laneSize` numbers apart.
template <typename T>
struct UnpackLoop {
  static FRACTURA_INLINE void run(const T* from, int64_t positions, int64_t step, int64_t channels, float* to,
                                  int64_t laneSize) {
    for (int64_t position = 0; position < positions; ++position, from += step, to += laneWidth) {
      int64_t c = 0;
      for (; c + laneWidth <= channels; c += laneWidth) {
        Lane lane;
        load(from + c, lane);
        store(lane, to + c / laneWidth * laneSize);
      }
      for (; c < channels; ++c) to[c / laneWidth * laneSize + c % laneWidth] = toFloat(from[c]);
    }
  }
};

// One summand of a weighted sum: a row's lane from its first position on, and the lane's weights.
struct Tap {
  const float* from;
  const float* weights;
};

// to = the sum of all taps for each of `count` positions, `step` numbers apart in the taps and `toStep` in the result.
template <typename T>
struct WeightedSumLoop {
  template <int together>
  static FRACTURA_INLINE void positions(const Tap* taps, int64_t tapCount, int64_t step, int64_t at, T* to,
                                        int64_t toStep, int64_t channels) {
    Lane sums[together];
    for (int j = 0; j < together; ++j) sums[j] = Lane{};
    for (int64_t tap = 0; tap < tapCount; ++tap) {
      Lane weights;
      load(taps[tap].weights, weights);
      const float* from = taps[tap].from + at * step;
      for (int j = 0; j < together; ++j) {
        Lane x;
        load(from + j * step, x);
        sums[j] += x * weights;
      }
    }
    for (int j = 0; j < together; ++j) storeSome(sums[j], to + (at + j) * toStep, channels);
  }

  static FRACTURA_INLINE void run(const Tap* taps, int64_t tapCount, int64_t step, int64_t count, T* to, int64_t toStep,
                                  int64_t channels) {
    int64_t at = 0;
    for (; at + 4 <= count; at += 4) positions<4>(taps, tapCount, step, at, to, toStep, channels);
    for (; at < count; ++at) positions<1>(taps, tapCount, step, at, to, toStep, channels);
  }
};

// Adds the sum of a lane's products over `count` positions, `step` numbers apart in x and beside each other in dy.
struct ProductSumLoop {
  static FRACTURA_INLINE void run(const float* x, int64_t step, const float* dy, int64_t count, float* to) {
    constexpr int together = 4;
    Lane sums[together], product, factor;
    for (int j = 0; j < together; ++j) sums[j] = Lane{};
    int64_t at = 0;
    for (; at + together <= count; at += together) {
      for (int j = 0; j < together; ++j) {
        load(x + (at + j) * step, product);
        load(dy + (at + j) * laneWidth, factor);
        sums[j] += product * factor;
      }
    }
    for (; at < count; ++at) {
      load(x + at * step, product);
      load(dy + at * laneWidth, factor);
      sums[0] += product * factor;
    }
    load(to, product);
    store(product + ((sums[0] + sums[1]) + (sums[2] + sums[3])), to);
  }
};
