export { convertCoco, type Conversion, type ConvertOptions } from './convert-coco.js';
export { readCaseMapping, type CaseMapping } from './dataset/case-mapping.js';
export type { ConvertedCase } from './dataset/convert-case.js';
export type { DatasetFormat } from './dataset/dataset-folder.js';
export { CocoToNiftiError } from './errors.js';
export type { Progress } from '@fractura/array-files';
export type { Objects } from './dataset/objects-of-label.js';
export type { DatasetLabels } from './dataset/read-dataset-labels.js';
export { labelsToCoco, type LabelsToCocoOptions, type SourceOfCase } from './labels-to-coco.js';
