import type { Progress } from '@fractura/concurrency';
import type { ImageFit } from '@fractura/radiograph';
import type { CaseMapping } from './dataset/case-mapping.js';
import type { Objects } from './dataset/objects-of-label.js';
import type { DatasetLabels } from './dataset/read-dataset-labels.js';

/** A case with the image that it was made from; `convertCoco` gives such, and `readCaseMapping`. */
export interface SourceOfCase extends CaseMapping {
  /** Pixels of the upright image: annotations are scaled to it. Without it they stay in the frame of the label. */
  sourceWidth?: number;
  sourceHeight?: number;
}

/** Which label maps to turn into annotations, and how. */
export interface LabelsToCocoOptions {
  /** Folder of label maps: NIfTI of one slice, or PNG, named after their cases. */
  labels: string;
  /** `dataset.json`, or its `labels`: names with a number each, or a list of numbers for a region. */
  names: string | DatasetLabels;
  /** How images were brought to the size of their label maps. Default: what dataset.json says, else `stretch`. */
  fit?: ImageFit;
  /** Images of the cases; default: each case is an image of its own, called as its file. */
  cases?: readonly SourceOfCase[];
  /** Each group of touching pixels is an object (default), or all pixels of a label together. */
  objects?: Objects;
  /** How masks are stored: polygons along the pixels' edges (default), or compressed RLE. */
  segmentation?: 'polygons' | 'rle';
  /** Leave out objects of fewer pixels of the label map (default 1: none). */
  minPixels?: number;
  /** Where to write the COCO file. */
  output?: string;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}
