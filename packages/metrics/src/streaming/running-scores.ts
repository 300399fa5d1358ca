import { checkScored, type ScoredLabels } from '../scored-labels.js';

/**
 * Scored labels over any number of batches: how many of either label each distinct score has, which is all that exact curves
 * need. Memory grows with the distinct scores, not with the items; scores rounded to a few digits stay few.
 *
 * {@link RunningScores.scored} goes into `rocAuc`, `averagePrecision` and every other function of weighted scores.
 */
export class RunningScores {
  /** By score the weights of label 0 and label 1. */
  readonly #weights = new Map<number, [number, number]>();

  /**
   * Adds a batch, or nothing of it where it is refused. Items of no weight are left out.
   *
   * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
   */
  add(batch: ScoredLabels): void {
    checkScored(batch);
    const { labels, scores, weights } = batch;
    for (let i = 0; i < scores.length; i += 1) {
      const weight = weights ? weights[i] : 1;
      if (weight === 0) {
        continue;
      }
      const known = this.#weights.get(scores[i]);
      if (known) {
        known[labels[i]] += weight;
      } else {
        this.#weights.set(scores[i], labels[i] === 1 ? [0, weight] : [weight, 0]);
      }
    }
  }

  /** Takes in what another has seen, for batches that were shared out to workers. */
  merge(other: RunningScores): void {
    this.add(other.scored());
  }

  /** What was seen, an item for each distinct score and label, weighted by how many there were, at any time. */
  scored(): Required<ScoredLabels> {
    const [labels, scores, weights]: [number[], number[], number[]] = [[], [], []];
    for (const [score, byLabel] of this.#weights) {
      byLabel.forEach((weight, label) => {
        if (weight === 0) {
          return;
        }
        labels.push(label);
        scores.push(score);
        weights.push(weight);
      });
    }
    return { labels, scores, weights };
  }
}
