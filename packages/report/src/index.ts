export { ReportError } from './errors.js';
export type { GreyPicture, Mask } from './pictures/grey-picture.js';
export { formatMeasure } from './tables/format-measure.js';
export { renderReport } from './render-report.js';
export type {
  AuditFinding,
  ClassificationSection,
  ClassifierVariant,
  Curve,
  DatasetSection,
  Distribution,
  Measure,
  ReportData,
  ReproductionSection,
  SegmentationExample,
  SegmentationSection,
} from './report-data.js';
