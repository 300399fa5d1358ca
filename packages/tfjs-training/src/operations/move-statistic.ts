import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

/** The weight of a batch's statistic in a moving one. */
export type StatisticWeight = (moving: Variable) => number;

/** In place of the norms' own momentum. */
let weightInUse: StatisticWeight | undefined;

/** Runs `work`, in which a batch's statistics enter the moving ones by other weights than the batch norms' momentum. */
export function withStatisticWeight<Result>(weight: StatisticWeight, work: () => Result): Result {
  const outer = weightInUse;
  weightInUse = weight;
  try {
    return work();
  } finally {
    weightInUse = outer;
  }
}

/** moving <- (1 - momentum) moving + momentum value */
export function moveStatistic(moving: Variable, value: Tensor, momentum: number): void {
  const weight = weightInUse?.(moving) ?? momentum;
  tf.tidy(() => {
    moving.assign(tf.add(tf.mul(moving, 1 - weight), tf.mul(value, weight)));
  });
}
