// What follows a normalisation or a convolution.
#pragma once

#include "instructions.h"

// Nothing changes with slope 1 and an infinite ceiling.
struct Activation {
  float slope;    // of what is below zero
  float ceiling;  // what is above becomes this
};

// Both sides are computed and one is taken, so that the loops have no branches.
FRACTURA_INLINE float activate(float value, Activation by) {
  const float above = value < by.ceiling ? value : by.ceiling, below = value * by.slope;
  return value > 0 ? above : below;
}
