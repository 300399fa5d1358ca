import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { borderVoxels } from './border.js';
import { checkConvention, type ConventionOptions, type Score } from './convention.js';
import { squaredDistances } from './euclidean.js';
import { checkGrid, cropToForeground, type Crop, type Grid } from './grid.js';
import {
  emptyMaskOf,
  inPrediction,
  inReference,
  markMasks,
  maskGridRule,
  type MarkedMasks,
  type MaskPair,
} from './masks.js';

/** Two masks on a grid and how wide their boundaries are. */
export interface BoundaryOptions extends MaskPair, Grid, ConventionOptions {
  /** The width as a share of the image's diagonal in voxels, rounded, at least 1 voxel. Default 0.02. */
  dilationRatio?: number;
  /** The width in voxels; wins over the ratio. */
  width?: number;
}

/**
 * Boundary IoU: the IoU of the voxels of each mask that an erosion by `width` steps of a 3x3 (3x3x3) square takes away.
 * What touches the image's edge is boundary too.
 *
 * Under `metrics-reloaded` it is that of the voxels less than `width` voxels (default 1) from the border voxels, in Euclidean
 * distance. NaN for two empty masks; the conventions agree there.
 *
 * @throws MetricsError `length-mismatch`, `mask-empty`, `label-invalid`, `shape-invalid`, `spacing-invalid`,
 * `convention-unknown`, `width-invalid`
 * @see Cheng et al. 2021, "Boundary IoU: Improving object-centric image segmentation evaluation", section 4
 */
export function boundaryIou(options: BoundaryOptions): Score {
  checkGiven(options, maskGridRule);

  const masks = markMasks(options);
  const { convention } = checkConvention(options);
  return { value: boundaryIouOf(masks, options), convention, emptyMask: emptyMaskOf(masks.counts) };
}

/** {@link boundaryIou} of masks that are marked already. */
export function boundaryIouOf({ marks }: MarkedMasks, options: BoundaryOptions): number {
  const volume = checkGrid(options, marks.length);
  const { convention } = checkConvention(options);
  const width = widthOf(options, convention === 'metrics-reloaded');
  const crop = cropToForeground(marks, volume);
  if (!crop) {
    return NaN;
  }
  const boundary = convention === 'metrics-reloaded' ? nearBorder : eroded;
  const reference = boundary(crop, inReference, width);
  const prediction = boundary(crop, inPrediction, width);
  let [intersection, union] = [0, 0];
  for (let i = 0; i < reference.length; i += 1) {
    intersection += reference[i] & prediction[i];
    union += reference[i] | prediction[i];
  }
  return intersection / union;
}

function widthOf({ width, dilationRatio = 0.02, shape }: BoundaryOptions, oneByDefault: boolean): number {
  const given = width ?? (oneByDefault ? 1 : Math.max(1, roundHalfToEven(dilationRatio * Math.hypot(...shape))));
  if (!(given >= 1 && given < Infinity)) {
    throw new MetricsError(`The boundary is ${String(width ?? dilationRatio)} wide.`, {
      code: 'width-invalid',
      remedy: 'Give a ratio above 0, or a width of at least 1 voxel.',
    });
  }
  return given;
}

/** As Python's `round`, which the reference uses. */
function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest === 0.5 ? below + (below % 2) : Math.round(value);
}

/** The foreground from which a step count of at most `width` leads outside, diagonal steps included. */
function eroded({ marks, shape }: Crop, bit: number, width: number): Uint8Array {
  const outside = marks.map((mark) => ((mark & bit) === 0 ? 1 : 0));
  const [, rows, columns] = shape;
  let near: Uint8Array = outside;
  [rows * columns, columns, 1].forEach((stride, axis) => {
    if (shape[axis] > 1) {
      near = spread(near, shape[axis], stride, width);
    }
  });
  return near.map((mark, i) => mark & (1 - outside[i]));
}

/** Marks all that lies within `width` of a mark along one axis. */
function spread(marks: Uint8Array, size: number, stride: number, width: number): Uint8Array {
  const wider = new Uint8Array(marks.length);
  for (let start = 0; start < marks.length; start += 1) {
    if (Math.floor(start / stride) % size !== 0) {
      continue;
    }
    const end = start + size * stride;
    let gap = Infinity;
    for (let i = start; i < end; i += stride) {
      gap = marks[i] === 0 ? gap + 1 : 0;
      if (gap <= width) {
        wider[i] = 1;
      }
    }
    gap = Infinity;
    for (let i = end - stride; i >= start; i -= stride) {
      gap = marks[i] === 0 ? gap + 1 : 0;
      if (gap <= width) {
        wider[i] = 1;
      }
    }
  }
  return wider;
}

function nearBorder(crop: Crop, bit: number, width: number): Uint8Array {
  const squared = squaredDistances(borderVoxels(crop, [bit], 1)[0], crop.shape, [1, 1, 1]);
  return crop.marks.map((mark, i) => ((mark & bit) !== 0 && squared[i] < width * width ? 1 : 0));
}
