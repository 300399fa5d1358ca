/** A measure with its 95 % confidence interval; groups of images are resampled whole. */
export interface NamedInterval {
  name: string;
  value: number;
  lower: number;
  upper: number;
}

/** A measure under its name. */
export const namedInterval = (name: string, { value, lower, upper }: Omit<NamedInterval, 'name'>): NamedInterval => ({
  name,
  value,
  lower,
  upper,
});
