import type { DatasetCase } from '../dataset/read-dataset.js';
import { hasNan } from '../dataset/has-nan.js';
import { readImage, readSegmentation } from '../dataset/read-image.js';
import { NnunetPlannerError } from '../errors.js';
import { checkCase, type CaseExpectations, type CaseFindings } from '../integrity/check-case.js';
import { cropToNonzero } from './crop-to-nonzero.js';
import { drawIntensities } from './intensity-statistics.js';
import type { WeightedValues } from './weighted-values.js';

/** Reading every case once: to check it, to take what the fingerprint needs, or both. */
export interface LookWork {
  kind: 'look';
  /** Name of nnU-Net's reader. */
  reader: string;
  /** What the case is checked against; absent: not checked. */
  expected?: CaseExpectations;
  /** Foreground intensities to draw; absent: nothing is measured. */
  samples?: number;
}

/** What was seen. */
export interface CaseLook {
  findings?: CaseFindings;
  /** Absent where nothing was to be measured, or the case has faults. */
  measures?: CaseMeasures;
}

/** What the fingerprint takes from a case. */
export interface CaseMeasures {
  /** `[z, y, x]` after the crop to non-zero. */
  shape: number[];
  spacing: number[];
  /** Voxels after the crop to those before. */
  relativeSize: number;
  /** For each channel. */
  intensities: WeightedValues[];
}

/** Reads a case, checks it, measures it. */
export async function lookAtCase(one: DatasetCase, { reader, expected, samples }: LookWork): Promise<CaseLook> {
  if (expected) {
    const { findings, image, segmentation } = await checkCase(one, expected, { reader });
    if (!image || !segmentation || findings.faults.length > 0 || samples === undefined) {
      return { findings };
    }
    return { findings, measures: measure(image, segmentation.data, samples) };
  }
  const image = await readImage(one.images, { reader });
  const segmentation = await readSegmentation(one.label, { reader });
  refuseNan(image.data, one.images[0]);
  refuseNan(segmentation.data, one.label);
  if (image.shape.slice(1).join() !== segmentation.shape.slice(1).join()) {
    throw new NnunetPlannerError(
      `${one.id}: the image has ${image.shape.slice(1).join(' x ')} voxels, its label ${segmentation.shape.slice(1).join(' x ')}.`,
      {
        code: 'shape-mismatch',
        remedy: 'Image and label must lie on the same grid; check with --verify-dataset-integrity.',
      },
    );
  }
  return { measures: measure(image, segmentation.data, samples ?? 0) };
}

function measure(
  image: { data: Float32Array; shape: readonly number[]; spacing: readonly number[] },
  labels: ArrayLike<number>,
  samples: number,
): CaseMeasures {
  const { data, segmentation, shape } = cropToNonzero(image.data, image.shape, labels);
  return {
    shape: shape.slice(1),
    spacing: [...image.spacing],
    relativeSize: segmentation.length / (image.data.length / image.shape[0]),
    intensities: drawIntensities(data, shape[0], segmentation, samples),
  };
}

function refuseNan(values: ArrayLike<number>, file: string): void {
  if (!hasNan(values)) {
    return;
  }
  throw new NnunetPlannerError(`${file} holds NaN.`, { code: 'nan-in-image', remedy: 'Replace NaN by a number.' });
}
