import type { GreyPicture, Mask } from './pictures/grey-picture.js';

/** A number with its confidence interval, as a table row shows it. */
export interface Measure {
  name: string;
  /** NaN where it is not defined; shown as a dash. */
  value: number;
  /** Bounds of the interval; left out where there is none. */
  lower?: number;
  upper?: number;
}

/** Points of one curve, in drawing order. */
export interface Curve {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

/** Counts of a property's values, drawn as bars. */
export interface Distribution {
  title: string;
  counts: readonly { label: string; count: number }[];
}

/** What the report says of the data. */
export interface DatasetSection {
  /** Name and origin, in a sentence. */
  description: string;
  facts: readonly { label: string; value: string }[];
  distributions: readonly Distribution[];
}

/** One thing the audit found. */
export interface AuditFinding {
  code: string;
  severity: 'error' | 'warning' | 'note';
  title: string;
  explanation: string;
  count: number;
  /** Files concerned; the report shows the first ones and says how many more there are. */
  files: readonly string[];
}

/** A radiograph with the annotated and the predicted mask. */
export interface SegmentationExample {
  /** Such as "best", "median", "worst". */
  rank: string;
  file: string;
  dice: number;
  image: GreyPicture;
  reference: Mask;
  prediction: Mask;
}

/** What the report says of the segmentation. */
export interface SegmentationSection {
  /** How the folds were made and which network was trained, in sentences. */
  description: string;
  crossValidation: readonly Measure[];
  heldOut: readonly Measure[];
  /** Dice of every cross-validated case. */
  diceByCase: readonly number[];
  trainingCurves: { loss: readonly Curve[]; dice: readonly Curve[] };
  examples: readonly SegmentationExample[];
}

/** One of the classifiers compared. */
export interface ClassifierVariant {
  /** What it sees, such as "image and segmentation". */
  input: string;
  measures: readonly Measure[];
  loss: readonly Curve[];
  accuracy: readonly Curve[];
  roc: Curve;
  /** `counts[reference][predicted]`. */
  confusion: { classes: readonly string[]; counts: readonly (readonly number[])[] };
}

/** What the report says of the classifiers. */
export interface ClassificationSection {
  description: string;
  variants: readonly ClassifierVariant[];
  /** Differences between variants, each with its interval. */
  differences: readonly Measure[];
}

/** How the run can be done again. */
export interface ReproductionSection {
  command: string;
  facts: readonly { label: string; value: string }[];
  stages: readonly { name: string; seconds: number }[];
}

/** Everything on the page, as plain data. */
export interface ReportData {
  title: string;
  /** ISO 8601. */
  createdAt: string;
  /** The main results, one sentence each. */
  summary: readonly string[];
  dataset: DatasetSection;
  audit: readonly AuditFinding[];
  segmentation: SegmentationSection;
  classification: ClassificationSection;
  reproduction: ReproductionSection;
}
