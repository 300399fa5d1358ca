/** An estimate with the bounds of its confidence interval. */
export interface Interval {
  value: number;
  lower: number;
  upper: number;
  confidence: number;
  /** How the bounds were found. */
  method: string;
}
