import type { FoldName } from '@fractura/nnunet-format';
import type { FoldProgress } from './fold-job.js';

/** How far several folds are together, in epochs. */
export interface OverallProgress {
  done: number;
  total: number;
  /** What the folds at work say. */
  note: string;
  /** Undefined where no fold knows its pace yet. */
  secondsLeft: number | undefined;
}

/** Adds up the progress of folds of which some are at work at the same time. */
export class FoldsProgress {
  readonly #folds: number;
  readonly #atOnce: number;
  readonly #states = new Map<FoldName, FoldProgress>();

  /**
   * @param folds all of them.
   * @param atOnce how many are at work at the same time.
   */
  constructor(folds: number, atOnce: number) {
    this.#folds = folds;
    this.#atOnce = atOnce;
  }

  /** Takes what a fold says of itself. */
  update(state: FoldProgress): void {
    this.#states.set(state.fold, state);
  }

  /** Takes note that a fold is done, or has failed. */
  finish(fold: FoldName): void {
    const state = this.#states.get(fold);
    if (state) {
      this.update({ ...state, done: state.total, secondsLeft: 0, note: 'done' });
    }
  }

  overall(): OverallProgress {
    const states = [...this.#states.values()];
    const running = states.filter(({ done, total }) => done < total);
    const perFold = Math.max(...states.map(({ total }) => total));
    const done = states.reduce((sum, state) => sum + state.done, 0);
    const shown = running.length > 0 ? running : states.slice(-1);
    return {
      done: hundredths(done / 1000),
      total: hundredths((perFold * this.#folds) / 1000),
      note: shown.map(({ fold, note }) => (this.#folds === 1 ? note : `fold ${fold}: ${note}`)).join('; '),
      secondsLeft: this.#secondsLeft(states, perFold),
    };
  }

  /** Folds that wait will take as long as those that run, as many at the same time. */
  #secondsLeft(states: readonly FoldProgress[], perFold: number): number | undefined {
    const paced = states.filter(({ secondsLeft }) => Number.isFinite(secondsLeft));
    if (paced.length === 0) {
      return undefined;
    }
    const running = paced.filter(({ done, total }) => done < total);
    const paces = running.map(({ secondsLeft, done, total }) => secondsLeft / (total - done));
    const meanPace = running.length > 0 ? paces.reduce((sum, pace) => sum + pace, 0) / running.length : 0;
    const waiting = this.#folds - states.length;
    const ofWaiting = (waiting * perFold * meanPace) / this.#atOnce;
    return Math.max(...paced.map(({ secondsLeft }) => secondsLeft)) + ofWaiting;
  }
}

const hundredths = (value: number) => Math.round(value * 100) / 100;
