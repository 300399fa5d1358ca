import type { PixelSpacing } from '@fractura/radiograph';
import type { Presence } from '../prediction/presence-of.js';
import type { Lesion } from './find-lesions.js';

/** What a model says of a radiograph, and the files that show it, whose paths are below the output folder. */
export interface RadiographPrediction extends Presence {
  /** Path of the radiograph below the folder that all have in common, with `/` between folders. */
  file: string;
  /** Pixels of the upright radiograph. */
  width: number;
  height: number;
  /** Millimetres between the radiograph's pixels, in the patient or on the detector; only where its file tells. */
  pixelSpacing?: PixelSpacing;
  /** Probability above which a pixel is foreground; null where each pixel has its most probable class. */
  threshold: number | null;
  /** On the radiograph's own pixels, the most probable first. */
  lesions: Lesion[];
  /** Labels at the size of the conversion, in the data set's format. */
  labels: string;
  /** Labels on the radiograph's own pixels: a grey PNG. */
  radiographLabels: string;
  /** The radiograph with its lesions outlined: a PNG; only where it was asked for. */
  overlay?: string;
}

/** Why a radiograph could not be predicted. */
export interface FailedRadiograph {
  file: string;
  error: { code: string; message: string; remedy?: string };
}
