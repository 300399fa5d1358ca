import { encodeFloat16 } from '@fractura/array-files';
import type { Sample } from '../data/crop-patch.js';
import { cropSample } from './crop-sample.js';

/** Maps offsets from the centre of the patch to offsets from the centre of what was cut out; rows z, y, x. */
export type Affine = readonly [number, number, number][];

/** Rotation within the slices (y, x) and scaling of both axes; a scale above 1 makes objects smaller. */
export function affine2d(angle: number, scale: number): Affine {
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  return [[1, 0, 0], [0, c, -s], [0, s, c]]; // prettier-ignore
}

/** Rotations about the first, second and third axis, in this order, and scaling of all axes. */
export function affine3d([first, second, third]: readonly number[], scale: number): Affine {
  const [ca, sa, cb, sb, cg, sg] = [first, second, third].flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
  const rotation: Affine = [
    [cg * cb, cg * sb * sa - sg * ca, cg * sb * ca + sg * sa],
    [sg * cb, sg * sb * sa + cg * ca, sg * sb * ca - cg * sa],
    [-sb, cb * sa, cb * ca],
  ];
  return rotation.map((row) => row.map((value) => value * scale) as [number, number, number]);
}

/**
 * Rotates, scales and cuts a sample to the final patch. Output voxel o takes the input at A (o - (P - 1) / 2) + (S - 1) / 2,
 * with P the size of the patch and S that of the sample; the image by linear interpolation with 0 outside, label maps by
 * the largest interpolated share, the lower label where two are equal, and -1 where a voxel lies beyond the outermost centres.
 *
 * Without a matrix the middle is cut out as it is.
 *
 * @param spatialAxes the axes that the matrix changes
 * @see nnU-Net: batchgeneratorsv2/transforms/spatial/spatial.py, SpatialTransform
 */
export function transformSpatially(
  sample: Sample,
  affine: Affine | undefined,
  finalZYX: readonly number[],
  spatialAxes: readonly number[],
): Sample {
  if (!affine) {
    return cropSample(sample, finalZYX);
  }
  const { channels, size } = sample;
  const [depth, height, width] = finalZYX;
  const [voxelsIn, voxelsOut] = [size, finalZYX].map((extents) => extents[0] * extents[1] * extents[2]);
  const image = new Float32Array(channels * voxelsOut);
  const labels = new Int16Array(voxelsOut);
  const previousStage = sample.previousStage && new Int16Array(voxelsOut);
  const taps = new Taps(size);
  const hull = hullBounds(size, spatialAxes);
  const position = [0, 0, 0];
  const [middleOut, middleIn] = [finalZYX, size].map((extents) => extents.map((extent) => (extent - 1) / 2));

  let o = 0;
  for (let z = 0; z < depth; z += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, o += 1) {
        const [dz, dy, dx] = [z - middleOut[0], y - middleOut[1], x - middleOut[2]];
        let inside = true;
        for (let axis = 0; axis < 3; axis += 1) {
          const row = affine[axis];
          const offset = row[0] * dz + row[1] * dy + row[2] * dx;
          position[axis] = offset + middleIn[axis];
          if (Math.abs(offset) > hull[axis]) {
            inside = false;
          }
        }
        taps.place(position);
        for (let c = 0; c < channels; c += 1) {
          image[c * voxelsOut + o] = taps.interpolate(sample.image, c * voxelsIn);
        }
        labels[o] = inside ? taps.vote(sample.labels) : -1;
        if (previousStage) {
          previousStage[o] = inside ? taps.vote(sample.previousStage!) : -1;
        }
      }
    }
  }
  return { image, labels, previousStage, channels, size: finalZYX };
}

/**
 * How far from the centre an offset may lie per axis. nnU-Net tests |2 offset / S| > 1 - 1 / S' with S' the size of
 * the axis in reversed order, which is another one unless the sample is square; this does the same.
 */
function hullBounds(size: readonly number[], spatialAxes: readonly number[]): number[] {
  const bounds = [Infinity, Infinity, Infinity];
  spatialAxes.forEach((axis, i) => {
    const reversed = size[spatialAxes[spatialAxes.length - 1 - i]];
    // The smallest tolerance keeps voxels on the outermost centres inside whatever the rounding.
    bounds[axis] = (size[axis] / 2) * (1 - 1 / reversed) + 1e-6;
  });
  return bounds;
}

/** The voxels around a position within a volume, with the weights of linear interpolation. */
class Taps {
  readonly #index = new Int32Array(8);
  readonly #weight = new Float64Array(8);
  #count = 0;

  constructor(private readonly size: readonly number[]) {}

  place([pz, py, px]: readonly number[]): void {
    const [depth, height, width] = this.size;
    const [z0, y0, x0] = [Math.floor(pz), Math.floor(py), Math.floor(px)];
    this.#count = 0;
    for (let z = z0; z <= z0 + 1; z += 1) {
      const wz = 1 - Math.abs(pz - z);
      if (wz <= 0 || z < 0 || z >= depth) {
        continue;
      }
      for (let y = y0; y <= y0 + 1; y += 1) {
        const wy = wz * (1 - Math.abs(py - y));
        if (wy <= 0 || y < 0 || y >= height) {
          continue;
        }
        for (let x = x0; x <= x0 + 1; x += 1) {
          const weight = wy * (1 - Math.abs(px - x));
          if (weight <= 0 || x < 0 || x >= width) {
            continue;
          }
          this.#index[this.#count] = (z * height + y) * width + x;
          this.#weight[this.#count] = weight;
          this.#count += 1;
        }
      }
    }
  }

  interpolate(values: Float32Array, from: number): number {
    let sum = 0;
    for (let i = 0; i < this.#count; i += 1) {
      sum += this.#weight[i] * values[from + this.#index[i]];
    }
    return sum;
  }

  /** The label with the largest share of the weight; -1 without any voxel. */
  vote(labels: Int16Array): number {
    if (this.#count === 0) {
      return -1;
    }
    const first = labels[this.#index[0]];
    let same = true;
    for (let i = 1; i < this.#count; i += 1) {
      same &&= labels[this.#index[i]] === first;
    }
    if (same) {
      return first;
    }
    const shares = new Map<number, number>();
    for (let i = 0; i < this.#count; i += 1) {
      const label = labels[this.#index[i]];
      shares.set(label, (shares.get(label) ?? 0) + this.#weight[i]);
    }
    const ascending = [...shares].sort(([a], [b]) => a - b);
    // nnU-Net compares thousandths in float16; positive ones keep their order as bit patterns.
    const scores = encodeFloat16(ascending.map(([, share]) => 1000 * share));
    return ascending[scores.indexOf(Math.max(...scores))][0];
  }
}
