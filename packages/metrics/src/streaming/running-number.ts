/** What is known of a metric over cases. */
export interface Statistics {
  /** Cases in which the metric is a number, infinite ones included. */
  count: number;
  /** Cases in which it is not defined (NaN). */
  missing: number;
  sum: number;
  /** NaN without a case. */
  mean: number;
  /** With n - 1; NaN for fewer than two cases. */
  standardDeviation: number;
  min: number;
  max: number;
}

/** Statistics of numbers that are not kept. */
export class RunningNumber {
  #count = 0;
  #missing = 0;
  #sum = 0;
  #compensation = 0;
  #mean = 0;
  #squares = 0;
  #min = Infinity;
  #max = -Infinity;

  /** @see Neumaier 1974 (the sum); Welford 1962 (the deviations) */
  add(value: number): void {
    if (Number.isNaN(value)) {
      this.#missing += 1;
      return;
    }
    this.#count += 1;
    this.#addToSum(value);
    const before = value - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (value - this.#mean);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /**
   * Takes in what another has seen, for work that was shared out.
   *
   * @see Chan, Golub and LeVeque 1983
   */
  merge(other: RunningNumber): void {
    const count = this.#count + other.#count;
    if (other.#count > 0) {
      const difference = other.#mean - this.#mean;
      this.#squares += other.#squares + (difference * difference * this.#count * other.#count) / count;
      this.#mean += (difference * other.#count) / count;
      this.#addToSum(other.#sum);
      this.#addToSum(other.#compensation);
      this.#min = Math.min(this.#min, other.#min);
      this.#max = Math.max(this.#max, other.#max);
    }
    this.#count = count;
    this.#missing += other.#missing;
  }

  statistics(): Statistics {
    const count = this.#count;
    const sum = this.#sum + this.#compensation;
    return {
      count,
      missing: this.#missing,
      sum,
      mean: sum / count,
      standardDeviation: count > 1 ? Math.sqrt(this.#squares / (count - 1)) : NaN,
      min: count > 0 ? this.#min : NaN,
      max: count > 0 ? this.#max : NaN,
    };
  }

  #addToSum(value: number): void {
    const sum = this.#sum + value;
    // Without this an infinite sum would be NaN.
    if (Number.isFinite(sum)) {
      this.#compensation += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    }
    this.#sum = sum;
  }
}
