import { rule } from '@fractura/errors';
import type { AxisValue } from '@fractura/html-page';

/** A setting that was searched. */
export interface SearchedSetting {
  name: string;
  /** Its range has a logarithmic scale. Default false. */
  log?: boolean | undefined;
}

/** A tried point. */
export interface SearchedPoint {
  /** Its number. */
  point: number;
  /** Its value of each setting, in their order; undefined where one does not apply. */
  values: readonly AxisValue[];
  /** Undefined where it was not scored, which `remark` tells. */
  score: number | undefined;
  /** Of the mean over the seeds, with 95 % confidence. */
  interval?: readonly [lower: number, upper: number] | undefined;
  remark?: string | undefined;
}

/** What the page of a search shows. */
export interface SearchReportData {
  title: string;
  /** Sentences. */
  summary: readonly string[];
  /** What a score is, such as `mean AUC of the folds`. */
  measure: string;
  settings: readonly SearchedSetting[];
  /** Best first. */
  points: readonly SearchedPoint[];
  /** What all points share, and how each was judged. */
  facts: readonly { label: string; value: string }[];
  /** The command line that does the search again. */
  command: string;
}

/** What {@link SearchedSetting} must be. */
const searchedSettingRule = rule.fields({ name: rule.text, log: rule.optional(rule.flag) });

/** What {@link SearchedPoint} must be. */
const searchedPointRule = rule.fields({
  point: rule.anyNumber,
  values: rule.listOf(rule.optional(rule.either(rule.flag, rule.anyText, rule.anyNumber))),
  score: rule.optional(rule.anyNumber),
  interval: rule.optional(rule.listOf(rule.anyNumber, { lengths: [2] })),
  remark: rule.optional(rule.anyText),
});

/** What {@link SearchReportData} must be. */
export const searchReportDataRule = rule.fields({
  title: rule.anyText,
  summary: rule.listOf(rule.anyText),
  measure: rule.anyText,
  settings: rule.listOf(searchedSettingRule),
  points: rule.listOf(searchedPointRule),
  facts: rule.listOf(rule.fields({ label: rule.anyText, value: rule.anyText })),
  command: rule.anyText,
});
