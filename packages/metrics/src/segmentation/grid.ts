import { MetricsError } from '../errors.js';
import { runFinder } from './runs.js';

/** Where voxels lie. */
export interface Grid {
  /** `[rows, columns]` or `[slices, rows, columns]`, row-major. */
  shape: readonly number[];
  /** Between voxel centres, in the order of `shape`, usually in mm. Default 1. */
  spacing?: readonly number[];
}

/** Three numbers, slices first. */
export type Triple = [number, number, number];

/** A checked grid; a plane is one slice. */
export interface Volume {
  shape: Triple;
  spacing: Triple;
  /** 2 or 3: what the caller gave. */
  dimensions: number;
}

/** @throws MetricsError `shape-invalid`, `spacing-invalid`, `length-mismatch` */
export function checkGrid({ shape, spacing = shape.map(() => 1) }: Grid, voxels: number): Volume {
  const dimensions = shape.length;
  if ((dimensions !== 2 && dimensions !== 3) || !shape.every((size) => Number.isInteger(size) && size > 0)) {
    throw new MetricsError(`The shape is [${shape.join(', ')}].`, {
      code: 'shape-invalid',
      remedy: 'Give [rows, columns] or [slices, rows, columns].',
    });
  }
  if (spacing.length !== dimensions || !spacing.every((step) => step > 0 && step < Infinity)) {
    throw new MetricsError(`The spacing is [${spacing.join(', ')}] for the shape [${shape.join(', ')}].`, {
      code: 'spacing-invalid',
      remedy: 'Give a finite number above 0 for each axis, in the order of the shape.',
    });
  }
  const expected = shape.reduce((product, size) => product * size, 1);
  if (voxels !== expected) {
    throw new MetricsError(`${voxels} voxels do not fill the shape [${shape.join(', ')}].`, {
      code: 'length-mismatch',
      remedy: `The shape has ${expected}.`,
    });
  }
  return { shape: lifted(shape), spacing: lifted(spacing), dimensions };
}

const lifted = (values: readonly number[]) => (values.length === 2 ? [1, ...values] : [...values]) as Triple;

/** A part of a volume with a margin of one voxel, which is background, on each side of each axis in use. */
export interface Crop {
  marks: Uint8Array;
  shape: Triple;
  /** The index in the volume of each voxel of a crop, by the crop's. */
  indexInVolume: (index: number) => number;
}

/**
 * The smallest box around all that is not 0, and its margin: neighbours need no bounds, and outside the image is
 * background. Null where everything is 0.
 */
export function cropToForeground(marks: Uint8Array, volume: Volume): Crop | null {
  const box = boundingBox(marks, volume.shape);
  return box && crop(marks, volume, box);
}

/** The whole volume with its margin. */
export const withMargin = (marks: Uint8Array, volume: Volume): Crop =>
  crop(marks, volume, { low: [0, 0, 0], high: volume.shape.map((size) => size - 1) as Triple });

function crop(marks: Uint8Array, { shape, dimensions }: Volume, { low, high }: { low: Triple; high: Triple }): Crop {
  const flat = dimensions === 2 ? 0 : 1;
  const size = low.map((from, axis) => high[axis] - from + 1 + 2 * (axis === 0 ? flat : 1)) as Triple;
  const cropped = new Uint8Array(size[0] * size[1] * size[2]);
  for (let z = low[0]; z <= high[0]; z += 1) {
    for (let y = low[1]; y <= high[1]; y += 1) {
      const from = (z * shape[1] + y) * shape[2];
      const to = ((z - low[0] + flat) * size[1] + y - low[1] + 1) * size[2] + 1;
      cropped.set(marks.subarray(from + low[2], from + high[2] + 1), to);
    }
  }
  const indexInVolume = (index: number) => {
    const x = (index % size[2]) - 1 + low[2];
    const line = Math.floor(index / size[2]);
    const y = (line % size[1]) - 1 + low[1];
    const z = Math.floor(line / size[1]) - flat + low[0];
    return (z * shape[1] + y) * shape[2] + x;
  };
  return { marks: cropped, shape: size, indexInVolume };
}

function boundingBox(marks: Uint8Array, [slices, rows, columns]: Triple): { low: Triple; high: Triple } | null {
  const low: Triple = [slices, rows, columns];
  const high: Triple = [-1, -1, -1];
  const widen = (axis: number, from: number, to: number) => {
    low[axis] = Math.min(low[axis], from);
    high[axis] = Math.max(high[axis], to);
  };
  const runEnd = runFinder(marks);
  for (let start = 0, end = 0; start < marks.length; start = end) {
    end = runEnd(start);
    if (marks[start] === 0) {
      continue;
    }
    const [firstRow, lastRow] = [Math.floor(start / columns), Math.floor((end - 1) / columns)];
    const [firstSlice, lastSlice] = [Math.floor(firstRow / rows), Math.floor(lastRow / rows)];
    widen(0, firstSlice, lastSlice);
    // What goes on in the next slice or row reaches the end of its own.
    if (firstSlice === lastSlice) {
      widen(1, firstRow % rows, lastRow % rows);
    } else {
      widen(1, 0, rows - 1);
    }
    if (firstRow === lastRow) {
      widen(2, start % columns, (end - 1) % columns);
    } else {
      widen(2, 0, columns - 1);
    }
  }
  return high[0] < 0 ? null : { low, high };
}
