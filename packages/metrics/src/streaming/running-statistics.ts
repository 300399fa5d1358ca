import { numbersOf } from '../tables/leaves.js';
import { RunningNumber, type Statistics } from './running-number.js';

/**
 * Statistics of every number in the results of any number of cases, none of which is kept.
 *
 * Give it what any function of this package returns for a case: each number is found under its path, such as
 * `hausdorff.95.symmetric`.
 */
export class RunningStatistics {
  readonly #numbers = new Map<string, RunningNumber>();

  /** Adds a case. A number that other cases have and this one lacks is not counted. */
  add(result: object): void {
    for (const [path, value] of numbersOf(result)) {
      this.#at(path).add(value);
    }
  }

  /** Takes in what another has seen, for cases that were shared out to workers. */
  merge(other: RunningStatistics): void {
    for (const [path, number] of other.#numbers) {
      this.#at(path).merge(number);
    }
  }

  /** By path, in the order of their first appearance, at any time. */
  summary(): Record<string, Statistics> {
    return Object.fromEntries([...this.#numbers].map(([path, number]) => [path, number.statistics()]));
  }

  #at(path: string): RunningNumber {
    const known = this.#numbers.get(path);
    if (known) {
      return known;
    }
    const number = new RunningNumber();
    this.#numbers.set(path, number);
    return number;
  }
}
