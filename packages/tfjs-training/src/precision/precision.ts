/** Types of number that a network's convolutions and activations can be computed in. */
export const precisions = ['float32', 'bfloat16', 'float16'] as const;

/** `bfloat16` has float32's range and 8 bits of mantissa, `float16` 11 bits and a range up to 65504. */
export type Precision = (typeof precisions)[number];

/** `auto` leaves the choice to the machine: see `choosePrecision`. */
export const precisionChoices = ['auto', ...precisions] as const;

export type PrecisionChoice = (typeof precisionChoices)[number];
