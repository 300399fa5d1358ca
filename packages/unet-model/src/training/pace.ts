/** Mean seconds of training and validation iterations since it was made, and what they say of the time left. */
export class Pace {
  readonly #seconds = { train: 0, validate: 0 };
  readonly #count = { train: 0, validate: 0 };

  record(phase: 'train' | 'validate', seconds: number): void {
    this.#seconds[phase] += seconds;
    this.#count[phase]++;
  }

  secondsLeft(iterations: { train: number; validate: number }): number {
    const train = this.#mean('train');
    // Until one was measured: a validation iteration goes forward only, about a third of the work.
    const validate = this.#count.validate > 0 ? this.#mean('validate') : train / 3;
    return iterations.train * train + iterations.validate * validate;
  }

  #mean(phase: 'train' | 'validate'): number {
    return this.#count[phase] > 0 ? this.#seconds[phase] / this.#count[phase] : 0;
  }
}
