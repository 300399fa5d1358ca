import { rocAucOneVersusRest } from '@fractura/metrics';
import { softmax } from '../calibration/softmax.js';
import type { KeptEpoch } from '../recipe/recipe.js';
import type { PassResult } from './pass-over.js';
import type { EpochLog } from './training-options.js';

/**
 * The AUC of a validation: of two classes the second one's, of more the mean of one class against the others; null where a class does
 * not occur.
 */
export function validationAuc({ labels, logits }: Pick<PassResult, 'labels' | 'logits'>): number | null {
  const { perClass, macro } = rocAucOneVersusRest({ labels, probabilities: logits.map((row) => softmax(row)) });
  const auc = perClass.length === 2 ? perClass[1] : macro;
  return Number.isFinite(auc) ? auc : null;
}

/** Whether an epoch's weights take the place of those kept so far. */
export function isKept(
  rule: KeptEpoch,
  entry: EpochLog,
  { best, isLast }: { best: EpochLog | undefined; isLast: boolean },
): boolean {
  if (rule === 'last') {
    return isLast;
  }
  if (best === undefined) {
    return true;
  }
  const [auc, bestAuc] = [entry.validationAuc, best.validationAuc];
  if (rule === 'highest-auc' && auc !== null && bestAuc !== null && auc !== bestAuc) {
    return auc > bestAuc;
  }
  return entry.validationLoss < best.validationLoss;
}
