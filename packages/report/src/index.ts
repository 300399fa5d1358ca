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
  TryoutLink,
} from './report-data.js';
export { renderSearchReport } from './search/render-search-report.js';
export type { SearchedPoint, SearchedSetting, SearchReportData } from './search/search-report-data.js';
