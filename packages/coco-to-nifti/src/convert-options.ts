import type { Progress } from '@fractura/concurrency';
import type { DamagePolicy, ImageFit, TargetSize } from '@fractura/radiograph';
import type { DatasetFormat } from './dataset/dataset-folder.js';
import type { LabelChoices } from './dataset/plan-labels.js';
import type { NormalImage } from './images/normal-images.js';

/** What to convert, and into what. */
export interface ConvertOptions extends LabelChoices {
  /** Folder that the file names of the annotations start from; images are also found deeper in it. */
  images: string;
  /** COCO instance file (JSON). */
  annotations: string;
  /** nnU-Net's folder of raw data sets; `Dataset921_FracAtlas` is made in it. */
  output: string;
  /** 1 to 999. */
  datasetId: number;
  datasetName: string;
  /** Pixels of every image and label (default: each image's own). */
  size?: TargetSize;
  /**
   * How images of another aspect are brought to the size: stretched (default), or letterboxed, scaled within their aspect and
   * centred on black. dataset.json then says so, so that prediction does the same and undoes it.
   */
  fit?: ImageFit;
  /** Images for training, in the order in which cases are numbered; default all that are not for test. */
  trainFiles?: readonly string[];
  /** Images for imagesTs, numbered after those for training. */
  testFiles?: readonly string[];
  /**
   * Images without a lesion, whose labels are empty, numbered after all others: files beside the COCO file, or `annotations` for
   * those images of it that have none and that `trainFiles` and `testFiles` leave out. `listNormalImages` lists a folder's.
   */
  normals?: 'annotations' | readonly NormalImage[];
  /** Name of the one channel (default `X-ray`, which nnU-Net normalises by z-score). */
  channelName?: string;
  /** What cases are called before their number; default the first three letters of the data set's name. */
  casePrefix?: string;
  format?: DatasetFormat;
  /** What is done about images that are missing, damaged or at odds with their annotations (default `skip`). */
  damaged?: DamagePolicy;
  /** Draw at the target size from scaled polygons (default), or at full size, reduced to the nearest pixel. */
  rasterAt?: 'target' | 'full';
  /**
   * Labels in order (1, 2, ...), each with the categories that make it; categories named nowhere are not drawn. Default:
   * one label for each category that has an annotation, by rising id.
   */
  labels?: Readonly<Record<string, readonly string[]>>;
  /** Regions of nnU-Net, from the outermost to the innermost, each with the labels that make it up. */
  regions?: Readonly<Record<string, readonly string[]>>;
  /** Crowds (`iscrowd`) are drawn like any object (default), become nnU-Net's ignore label, or are left out. */
  crowds?: 'draw' | 'ignore' | 'leave-out';
  /** Where to write which image became which case, as JSON. */
  mapping?: string;
  /** Which of several windows of DICOM files is shown, from 1 (default 1). */
  window?: number;
  /** Remove files of an earlier, different conversion from the data set's folder. */
  overwrite?: boolean;
  /** Images in work at once (default: 6), fewer where they are large; each takes about five bytes a pixel. */
  workers?: number;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}
