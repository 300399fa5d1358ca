import { MetricsError } from '../errors.js';

/** An estimate with the bounds of its confidence interval. */
export interface Interval {
  value: number;
  lower: number;
  upper: number;
  confidence: number;
  /** How the bounds were found. */
  method: string;
}

/** @throws MetricsError `option-invalid` */
export function checkConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) {
    return;
  }
  throw new MetricsError(`The confidence is ${confidence}.`, {
    code: 'option-invalid',
    remedy: 'Give a number between 0 and 1, such as 0.95.',
  });
}
