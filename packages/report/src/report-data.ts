import { rule } from '@fractura/errors';
import { type GreyPicture, greyPictureRule, type Mask, maskRule } from './pictures/grey-picture.js';

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

/** Where a model can be tried. */
export interface TryoutLink {
  /** Address relative to the report, such as `page/index.html`. */
  href: string;
  /** What is behind it, a sentence. */
  description: string;
  /** The command that serves it: browsers run such pages from servers only. */
  command: string;
}

/** Everything on the page, as plain data. */
export interface ReportData {
  title: string;
  /** ISO 8601. */
  createdAt: string;
  /** The main results, one sentence each. */
  summary: readonly string[];
  /** A page on which the reader can try the model; absent where there is none. */
  tryout?: TryoutLink;
  dataset: DatasetSection;
  audit: readonly AuditFinding[];
  segmentation: SegmentationSection;
  classification: ClassificationSection;
  reproduction: ReproductionSection;
}

/** What {@link TryoutLink} must be. */
export const tryoutLinkRule = rule.fields({ href: rule.anyText, description: rule.anyText, command: rule.anyText });

/** What {@link Distribution} must be. */
export const distributionRule = rule.fields({
  title: rule.anyText,
  counts: rule.listOf(rule.fields({ label: rule.anyText, count: rule.anyNumber })),
});

/** What {@link DatasetSection} must be. */
export const datasetSectionRule = rule.fields({
  description: rule.anyText,
  facts: rule.listOf(rule.fields({ label: rule.anyText, value: rule.anyText })),
  distributions: rule.listOf(distributionRule),
});

/** What {@link AuditFinding} must be. */
export const auditFindingRule = rule.fields({
  code: rule.anyText,
  severity: rule.oneOf(['error', 'warning', 'note']),
  title: rule.anyText,
  explanation: rule.anyText,
  count: rule.anyNumber,
  files: rule.listOf(rule.anyText),
});

/** What {@link Measure} must be. */
export const measureRule = rule.fields({
  name: rule.text,
  value: rule.anyNumber,
  lower: rule.optional(rule.anyNumber),
  upper: rule.optional(rule.anyNumber),
});

/** What {@link Curve} must be. */
export const curveRule = rule.fields({
  name: rule.text,
  points: rule.listOf(rule.listOf(rule.anyNumber, { lengths: [2] })),
});

/** What {@link SegmentationExample} must be. */
export const segmentationExampleRule = rule.fields({
  rank: rule.anyText,
  file: rule.text,
  dice: rule.anyNumber,
  image: greyPictureRule,
  reference: maskRule,
  prediction: maskRule,
});

/** What {@link SegmentationSection} must be. */
export const segmentationSectionRule = rule.fields({
  description: rule.anyText,
  crossValidation: rule.listOf(measureRule),
  heldOut: rule.listOf(measureRule),
  diceByCase: rule.listOf(rule.anyNumber),
  trainingCurves: rule.fields({ loss: rule.listOf(curveRule), dice: rule.listOf(curveRule) }),
  examples: rule.listOf(segmentationExampleRule),
});

/** What {@link ClassifierVariant} must be. */
export const classifierVariantRule = rule.fields({
  input: rule.anyText,
  measures: rule.listOf(measureRule),
  loss: rule.listOf(curveRule),
  accuracy: rule.listOf(curveRule),
  roc: curveRule,
  confusion: rule.fields({ classes: rule.listOf(rule.anyText), counts: rule.listOf(rule.listOf(rule.anyNumber)) }),
});

/** What {@link ClassificationSection} must be. */
export const classificationSectionRule = rule.fields({
  description: rule.anyText,
  variants: rule.listOf(classifierVariantRule),
  differences: rule.listOf(measureRule),
});

/** What {@link ReproductionSection} must be. */
export const reproductionSectionRule = rule.fields({
  command: rule.anyText,
  facts: rule.listOf(rule.fields({ label: rule.anyText, value: rule.anyText })),
  stages: rule.listOf(rule.fields({ name: rule.text, seconds: rule.anyNumber })),
});

/** What {@link ReportData} must be. */
export const reportDataRule = rule.fields({
  title: rule.anyText,
  createdAt: rule.anyText,
  summary: rule.listOf(rule.anyText),
  tryout: rule.optional(tryoutLinkRule),
  dataset: datasetSectionRule,
  audit: rule.listOf(auditFindingRule),
  segmentation: segmentationSectionRule,
  classification: classificationSectionRule,
  reproduction: reproductionSectionRule,
});
