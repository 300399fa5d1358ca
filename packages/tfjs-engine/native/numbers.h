// Rows of numbers as float32, whatever type they are kept in.
#pragma once

#include <cstdint>
#include <cstring>

#include "instructions.h"

// The upper half of a float32, as TensorFlow's TF_BFLOAT16.
struct bfloat16 {
  uint16_t bits;
};

FRACTURA_INLINE float toFloat(float number) { return number; }

FRACTURA_INLINE float toFloat(bfloat16 number) {
  const uint32_t bits = static_cast<uint32_t>(number.bits) << 16;
  float result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}

FRACTURA_INLINE void fromFloat(float value, float& number) { number = value; }

// Rounds to nearest, ties to even; what is not a number stays so.
FRACTURA_INLINE void fromFloat(float value, bfloat16& number) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  const uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  number.bits = static_cast<uint16_t>(value == value ? rounded : 0x7fc0);
}
