import { checkGiven } from '../check-given.js';
import type { Label } from './masks.js';

/**
 * The key of a label or region in nnU-Net's summary.json: `1`, `(1, 2)`, `(3,)`.
 *
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, label_or_region_to_key
 */
export function labelKey(label: Label): string {
  checkGiven({ label }, labelKeyArguments);

  if (typeof label === 'number') {
    return String(label);
  }
  return label.length === 1 ? `(${label[0]},)` : `(${label.join(', ')})`;
}

const labelKeyArguments = { label: 'label' };
