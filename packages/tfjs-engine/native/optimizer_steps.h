// Steps of optimizers: each number of a tensor is read and written once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "crew.h"
#include "instructions.h"

struct NesterovFactors {
  float clip, decay, momentum, rate;
};

struct NesterovLoop {
  static FRACTURA_INLINE void run(const float* __restrict w, const float* __restrict b, const float* __restrict g,
                                  float* __restrict newW, float* __restrict newB, int64_t count, NesterovFactors by) {
    for (int64_t i = 0; i < count; ++i) {
      const float gradient = g[i] * by.clip + w[i] * by.decay;
      const float velocity = b[i] * by.momentum + gradient;
      newB[i] = velocity;
      newW[i] = w[i] - (gradient + velocity * by.momentum) * by.rate;
    }
  }
};

// The corrections of Adam's bias are in rate and epsilon.
struct AdamFactors {
  float decay, keepMean, keepSquare, rate, epsilon, keepWeight;
};

struct AdamLoop {
  static FRACTURA_INLINE void run(const float* __restrict w, const float* __restrict mean,
                                  const float* __restrict square, const float* __restrict g, float* __restrict newW,
                                  float* __restrict newMean, float* __restrict newSquare, int64_t count,
                                  AdamFactors by) {
    const float takeMean = 1 - by.keepMean, takeSquare = 1 - by.keepSquare;
    for (int64_t i = 0; i < count; ++i) {
      const float gradient = g[i] + w[i] * by.decay;
      const float m = mean[i] * by.keepMean + gradient * takeMean;
      const float v = square[i] * by.keepSquare + gradient * gradient * takeSquare;
      newMean[i] = m;
      newSquare[i] = v;
      newW[i] = w[i] * by.keepWeight - by.rate * m / (__builtin_sqrtf(v) + by.epsilon);
    }
  }
};

// Calls work(begin, count) for parts of so many numbers, on all threads.
template <typename Work>
void inParts(int64_t size, const Work& work) {
  constexpr int64_t atATime = 1 << 16;
  Crew::ofProcess().share((size + atATime - 1) / atATime, [&](int64_t part) {
    const int64_t begin = part * atATime;
    work(begin, std::min(atATime, size - begin));
  });
}
