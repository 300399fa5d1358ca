import { describeValue } from '@fractura/errors';
import type { ImageVolume } from '@fractura/nnunet-planner';
import { NnunetError } from '../errors.js';

/** A segmentation and its file. */
export interface SegmentationFile {
  file: string;
  volume: ImageVolume;
}

/** @throws NnunetError `shape-mismatch`, `channels-unexpected` */
export function checkPair(reference: SegmentationFile, prediction: SegmentationFile): void {
  for (const { file, volume } of [reference, prediction]) {
    if (volume.shape[0] !== 1) {
      throw new NnunetError(`${file} has ${volume.shape[0]} channels; a segmentation has one.`, {
        code: 'channels-unexpected',
        remedy: 'Save it in grey, or with a palette, with the label as the value of a pixel.',
      });
    }
  }
  if (reference.volume.shape.join() !== prediction.volume.shape.join()) {
    const size = ({ shape }: ImageVolume) => shape.slice(1).join(' x ');
    throw new NnunetError(
      `${prediction.file} has ${size(prediction.volume)} voxels (z, y, x), ${reference.file} has ${size(reference.volume)}.`,
      { code: 'shape-mismatch', remedy: 'Both must lie on the same grid: predict the images the labels belong to.' },
    );
  }
}

/** nibabel writes affines in float32. */
const tolerance = 1e-4;

/** A sentence with both affines where two files of one size lie at other places or in other directions; else undefined. */
export function affineWarning(reference: SegmentationFile, prediction: SegmentationFile): string | undefined {
  const [expected, found] = [reference.volume.affine, prediction.volume.affine];
  const agree =
    expected === undefined ||
    found === undefined ||
    expected.every((row, i) =>
      row.every((value, j) => Math.abs(value - found[i][j]) <= tolerance * Math.max(1, Math.abs(value))),
    );
  if (agree) {
    return undefined;
  }
  const shown = (affine: number[][]) =>
    affine.map((row) => row.map((value) => Number(value.toPrecision(6))).join(' ')).join('; ');
  return (
    `${prediction.file} lies elsewhere than ${reference.file}, and is compared voxel by voxel all the same: ` +
    `its affine is [${shown(found)}], the reference's [${shown(expected)}].`
  );
}

/** Which labels the files of a folder hold that are not among those wanted. */
export class LabelCensus {
  readonly #wanted: ReadonlySet<number>;
  readonly #files = new Map<number, number>();

  /** @param wanted labels that are compared or left out on purpose; the background is always wanted. */
  constructor(
    readonly folder: string,
    wanted: readonly number[],
  ) {
    this.#wanted = new Set([0, ...wanted]);
  }

  /** Counts a file for each label that it holds. */
  add(labels: ArrayLike<number>): void {
    const found = new Set<number>();
    let last = Number.NaN;
    for (let i = 0; i < labels.length; i += 1) {
      if (labels[i] !== last) {
        last = labels[i];
        found.add(last);
      }
    }
    for (const label of found) {
      if (!this.#wanted.has(label)) {
        this.#files.set(label, (this.#files.get(label) ?? 0) + 1);
      }
    }
  }

  /** A sentence on the labels found and wanted; undefined where there are no others. */
  get warning(): string | undefined {
    const found = [...this.#files.keys()].sort((a, b) => a - b);
    if (found.length === 0) {
      return undefined;
    }
    const files = Math.max(...this.#files.values());
    const shown = describeValue(found).slice(1, -1).replaceAll(',', ', ');
    const mask = found.join() === '255' ? ' A mask of 0 and 255 must become one of 0 and 1.' : '';
    return `${this.folder}: labels found ${shown} (in ${files} ${files === 1 ? 'file' : 'files'}), labels wanted ${[...this.#wanted].join(', ')}.${mask}`;
  }
}
