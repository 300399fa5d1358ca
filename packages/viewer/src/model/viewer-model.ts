import { describeValue } from '@fractura/errors';
import { ViewerError } from '../errors.js';

/** What a page knows of the model that it shows: `viewer-model.json`, beside the files that it names. */
export interface ViewerModel {
  format: 'fractura-viewer-model';
  version: 1;
  /** How the page calls the model, such as `Dataset921_FracAtlas, 2d`. */
  name: string;
  /** What is segmented, in the order of the colours; at least one. `label` is the number of its pixels in a mask. */
  classes: { label: number; name: string }[];
  /** Probability above which a pixel is foreground, in (0, 1); null where each pixel has its most probable class. */
  threshold: number | null;
  /** How the model did by cross-validation at its cut-off, where that was chosen so. */
  crossValidation?: CrossValidation;
  /** Judges whole films beside it, where the page has one. */
  classifier?: ViewerClassifier;
  /** A module worker that answers as {@link ModelAnswers} say, a file beside this one. */
  worker: string;
  /** What the worker needs beside; the page only hands it on. */
  inference: object;
}

/** Measured on images that no network had seen. */
export interface CrossValidation {
  /** Mean Dice over the images with foreground. */
  dice: number;
  /** Share of the images without foreground on which something was marked; null where there were none. */
  falseAlarms: number | null;
  /** Images with foreground, and without. */
  images: readonly [withForeground: number, without: number];
}

/** What a page knows of its classifier. */
export interface ViewerClassifier {
  /** The network, such as `efficientnet-lite0`. */
  name: string;
  /** At least two. */
  classes: string[];
  /** How its probabilities were calibrated; absent where they were not. */
  calibration?: ClassifierCalibration;
}

/** Measured on images that chose the classifier's weights, not on others. */
export interface ClassifierCalibration {
  /** What logits are divided by before the softmax. */
  temperature: number;
  /** Images that it was found on. */
  images: number;
  /** Of two classes: from which probability on a film counts as of the second one, and what that gave on those images. */
  point?: { threshold: number; sensitivity: number; specificity: number };
}

/** Name of the file that describes a page's model. */
export const viewerModelFile = 'viewer-model.json';

/**
 * Checks what a `viewer-model.json` holds.
 *
 * @throws ViewerError `model-invalid`
 */
export function checkViewerModel(value: unknown): ViewerModel {
  const model = (value ?? {}) as Partial<ViewerModel>;
  const invalid = (what: string, found: unknown) =>
    new ViewerError(`${viewerModelFile} has ${describeValue(found)} as ${what}.`, {
      code: 'model-invalid',
      remedy: 'Write the page again, with the version of the program that serves it.',
    });
  if (model.format !== 'fractura-viewer-model' || model.version !== 1) {
    throw invalid('format and version', [model.format, model.version]);
  }
  if (typeof model.name !== 'string') {
    throw invalid('name', model.name);
  }
  const { classes, threshold, worker } = model;
  if (!Array.isArray(classes) || classes.length === 0 || !classes.every(isClass)) {
    throw invalid('classes', classes);
  }
  if (threshold !== null && !(typeof threshold === 'number' && threshold > 0 && threshold < 1)) {
    throw invalid('threshold', threshold);
  }
  if (model.classifier !== undefined && !isClassifier(model.classifier)) {
    throw invalid('classifier', model.classifier);
  }
  if (typeof worker !== 'string' || !/^[\w-]+\.js$/.test(worker)) {
    throw invalid('worker', worker);
  }
  if (typeof model.inference !== 'object' || model.inference === null) {
    throw invalid('inference', model.inference);
  }
  return model as ViewerModel;
}

const isClass = (value: unknown): boolean => {
  const { label, name } = (value ?? {}) as { label?: unknown; name?: unknown };
  return Number.isInteger(label) && typeof name === 'string';
};

const isClassifier = (value: unknown): boolean => {
  const { name, classes } = (value ?? {}) as { name?: unknown; classes?: unknown };
  const isNamed = typeof name === 'string' && Array.isArray(classes) && classes.length >= 2;
  return isNamed && classes.every((each) => typeof each === 'string');
};
