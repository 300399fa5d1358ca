export type PacedPhase = 'train' | 'validate' | 'save';

/** Iterations whose mean counts: enough to be steady, few enough to follow a machine that becomes busy. */
const remembered = 50;

/** Seconds of the latest iterations and checkpoints since it was made, and what they say of the time left. */
export class Pace {
  readonly #latest: Record<PacedPhase, number[]> = { train: [], validate: [], save: [] };
  readonly #warmedUp = new Set<PacedPhase>();

  record(phase: PacedPhase, seconds: number): void {
    const latest = this.#latest[phase];
    // The first is slower: memory is claimed and kernels are chosen. It counts until there is another.
    if (latest.length === 1 && !this.#warmedUp.has(phase)) {
      latest.shift();
      this.#warmedUp.add(phase);
    }
    latest.push(seconds);
    if (latest.length > remembered) {
      latest.shift();
    }
  }

  secondsLeft(counts: Record<PacedPhase, number>): number {
    const train = this.#mean('train', 0);
    // Until one was measured: a validation iteration goes forward only, about a third of the work.
    const validate = this.#mean('validate', train / 3);
    return counts.train * train + counts.validate * validate + counts.save * this.#mean('save', 0);
  }

  #mean(phase: PacedPhase, otherwise: number): number {
    const latest = this.#latest[phase];
    return latest.length > 0 ? latest.reduce((sum, seconds) => sum + seconds, 0) / latest.length : otherwise;
  }
}
