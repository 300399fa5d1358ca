// The rows of images, shared among the processor's cores.
#pragma once

#include <algorithm>
#include <cstdint>

#include "crew.h"

// Calls work(sample, first row, end of rows) for bands of an output of so many rows, several for each thread.
template <typename Work>
void forEachRowBand(int64_t batch, int64_t height, const Work& work) {
  constexpr int64_t mostRows = 16, bandsForEachThread = 4;
  const int64_t wanted = batch * height / (bandsForEachThread * Crew::ofProcess().threads());
  const int64_t rows = std::clamp<int64_t>(wanted, 1, mostRows), bands = (height + rows - 1) / rows;
  Crew::ofProcess().share(batch * bands, [&](int64_t item) {
    const int64_t first = item % bands * rows;
    work(item / bands, first, std::min(height, first + rows));
  });
}
