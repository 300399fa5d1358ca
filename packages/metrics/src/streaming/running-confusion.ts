import { checkGiven } from '../check-given.js';
import {
  classesOf,
  confusionMatrix,
  type Classified,
  type ConfusionMatrix,
} from '../classification/confusion-matrix.js';

/**
 * A confusion matrix over any number of batches, none of which is kept.
 *
 * {@link RunningConfusion.classified} goes into any function that takes labels and predictions, such as `accuracy` or
 * `precisionRecall`: it has an item for each cell of the matrix, weighted by its count.
 */
export class RunningConfusion {
  readonly #named: readonly number[] | undefined;
  /** Weights by label and prediction; every class has a row. */
  readonly #rows = new Map<number, Map<number, number>>();

  /** @param options `classes`: in the order of rows and columns; default all that occur, ascending. */
  constructor(options: { classes?: readonly number[] } = {}) {
    const { classes } = checkGiven(options, runningConfusionRule);
    this.#named = classes && [...classes];
  }

  /**
   * Adds a batch, or nothing of it where it is refused.
   *
   * @throws MetricsError as `confusionMatrix`; `label-invalid` for a class that is not among those named.
   */
  add(batch: Omit<Classified, 'classes'>): void {
    const classes = this.#named ?? classesOf(batch);
    confusionMatrix({ ...batch, classes }).forEach((row, i) => {
      row.forEach((weight, j) => {
        this.#count(classes[i], classes[j], weight);
      });
    });
  }

  /**
   * Takes in what another has seen, for batches that were shared out to workers.
   *
   * @throws MetricsError `label-invalid` for a class that is not among those named.
   */
  merge(other: RunningConfusion): void {
    this.add(other.classified());
  }

  /** What was seen, an item for each cell of the matrix, at any time. */
  classified(): Classified & { classes: readonly number[]; weights: number[] } {
    const classes = this.#named ?? [...this.#rows.keys()].sort((a, b) => a - b);
    const cells = classes.flatMap((label) => classes.map((prediction) => [label, prediction] as const));
    return {
      labels: cells.map(([label]) => label),
      predictions: cells.map(([, prediction]) => prediction),
      classes,
      weights: cells.map(([label, prediction]) => this.#rows.get(label)?.get(prediction) ?? 0),
    };
  }

  matrix(): ConfusionMatrix {
    return confusionMatrix(this.classified());
  }

  #count(label: number, prediction: number, weight: number): void {
    const row = this.#rows.get(label) ?? new Map<number, number>();
    this.#rows.set(label, row.set(prediction, (row.get(prediction) ?? 0) + weight));
  }
}

const runningConfusionRule = { 'classes?': ['number'] };
