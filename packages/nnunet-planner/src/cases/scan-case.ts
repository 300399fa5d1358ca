import { hasNan } from '../dataset/has-nan.js';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { readImage, readSegmentation } from '../dataset/read-image.js';
import { NnunetPlannerError } from '../errors.js';
import { measureCase, type CaseMeasures } from '../fingerprint/measure-case.js';
import { checkCase, type CaseExpectations, type CaseFindings } from '../integrity/check-case.js';

/** Reading every case once: to check it, to measure it for the fingerprint, or both. */
export interface ScanWork {
  kind: 'scan';
  /** Name of nnU-Net's reader. */
  reader: string;
  /** What the case is checked against; absent: not checked. */
  expected?: CaseExpectations | undefined;
  /** Foreground intensities to draw; absent: nothing is measured. */
  samples?: number | undefined;
}

/** What was found. */
export interface CaseScan {
  findings?: CaseFindings;
  /** Absent where nothing was to be measured, or the case has faults. */
  measures?: CaseMeasures;
}

/**
 * Reads a case, checks it, measures it.
 *
 * @throws NnunetPlannerError `nan-in-image`, `shape-mismatch` where the case is only measured; what `readImage` throws.
 */
export async function scanCase(scanned: DatasetCase, { reader, expected, samples }: ScanWork): Promise<CaseScan> {
  if (!expected) {
    return { measures: await measureUnchecked(scanned, reader, samples ?? 0) };
  }
  const { findings, image, segmentation } = await checkCase(scanned, expected, { reader });
  if (!image || !segmentation || findings.faults.length > 0 || samples === undefined) {
    return { findings };
  }
  return { findings, measures: measureCase(image, segmentation.data, samples) };
}

async function measureUnchecked({ id, images, label }: DatasetCase, reader: string, samples: number) {
  const image = await readImage(images, { reader });
  const segmentation = await readSegmentation(label, { reader });
  refuseNan(image.data, images[0]);
  refuseNan(segmentation.data, label);
  const [size, labelSize] = [image, segmentation].map(({ shape }) => shape.slice(1).join(' x '));
  if (size !== labelSize) {
    throw new NnunetPlannerError(`${id}: the image has ${size} voxels, its label ${labelSize}.`, {
      code: 'shape-mismatch',
      remedy: 'Image and label must lie on the same grid; check with --verify-dataset-integrity.',
    });
  }
  return measureCase(image, segmentation.data, samples);
}

function refuseNan(values: ArrayLike<number>, file: string): void {
  if (hasNan(values)) {
    throw new NnunetPlannerError(`${file} holds NaN.`, { code: 'nan-in-image', remedy: 'Replace NaN by a number.' });
  }
}
