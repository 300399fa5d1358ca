import type { PixelImage } from '@fractura/radiograph';

/** Of the labels of a slice in ascending order; the first, as a rule the background, stays as it is. */
const colours = [
  [0x00, 0x00, 0x00],
  [0x43, 0x63, 0xd8],
  [0xf5, 0x82, 0x31],
  [0x3c, 0xb4, 0x4b],
  [0xe6, 0x19, 0x4b],
  [0x91, 0x1e, 0xb4],
  [0xff, 0xe1, 0x19],
  [0xbf, 0xef, 0x45],
  [0x42, 0xd4, 0xf4],
  [0xf0, 0x32, 0xe6],
  [0x00, 0x00, 0x75],
  [0x9a, 0x63, 0x24],
  [0x80, 0x80, 0x00],
  [0x80, 0x00, 0x00],
  [0x46, 0x99, 0x90],
];

/** One channel of an image and its labels, on the same grid. */
export interface LabelledVolume {
  /** `[z, y, x]` in C order. */
  image: Float32Array;
  labels: ArrayLike<number>;
  /** `[z, y, x]` */
  shape: readonly [number, number, number];
}

/**
 * Draws the slice with the most foreground, its labels added in colour and the whole stretched to the range of 8 bits, with nnU-Net's
 * arithmetic in float32. Labels beyond the fifteenth take the colours again from the second on (nnU-Net fails there); a slice of one
 * value is black beneath its labels.
 *
 * @param intensity how bright the colours are, relative to the image's range.
 * @returns RGB, 8 bits.
 * @see nnU-Net: nnunetv2/utilities/overlay_plots.py, generate_overlay
 */
export function labelOverlay({ image, labels, shape }: LabelledVolume, intensity: number): PixelImage<Uint8Array> {
  const [, height, width] = shape;
  const area = height * width;
  const first = sliceToPlot(labels, shape) * area;
  const grey = stretched(image.subarray(first, first + area));
  const plane = Array.from({ length: area }, (_, i) => labels[first + i]);
  const order = new Map([...new Set(plane)].sort((a, b) => a - b).map((label, i) => [label, i]));
  const picture = new Float32Array(3 * area);
  for (let i = 0; i < area; i += 1) {
    const at = order.get(plane[i])!;
    const colour = colours[at < colours.length ? at : 1 + ((at - 1) % (colours.length - 1))];
    for (let c = 0; c < 3; c += 1) {
      picture[3 * i + c] = grey[i] + intensity * colour[c];
    }
  }
  const largest = maximum(picture);
  const data = Uint8Array.from(picture, (value) => (largest > 0 ? Math.fround(Math.fround(value / largest) * 255) : 0));
  return { data, width, height, channels: 3 };
}

/** From 0 to 255 by the least and the greatest value; of one value all are 0. */
function stretched(plane: Float32Array): Float32Array {
  const least = plane.reduce((a, b) => Math.min(a, b), Infinity);
  const above = plane.map((value) => value - least);
  const largest = maximum(above);
  return above.map((value) => (largest > 0 ? Math.fround(value / largest) * 255 : 0));
}

const maximum = (values: Float32Array): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

/**
 * The slice whose mean share of the classes' voxels is highest; without foreground the first. A class's share is taken of its voxels
 * and the shares of the classes before it, as nnU-Net does.
 *
 * @see nnU-Net: nnunetv2/utilities/overlay_plots.py, select_slice_to_plot2
 */
function sliceToPlot(labels: ArrayLike<number>, [depth, height, width]: LabelledVolume['shape']): number {
  const area = height * width;
  const counts = new Map<number, Float64Array>();
  for (let i = 0; i < depth * area; i += 1) {
    const label = labels[i];
    if (label > 0) {
      const perSlice = counts.get(label) ?? new Float64Array(depth);
      perSlice[Math.floor(i / area)] += 1;
      counts.set(label, perSlice);
    }
  }
  const totals = new Float64Array(depth);
  let before = 0;
  for (const [, perSlice] of [...counts].sort(([a], [b]) => a - b)) {
    const whole = before + perSlice.reduce((a, b) => a + b, 0);
    for (let z = 0; z < depth; z += 1) {
      totals[z] += perSlice[z] / whole;
      before += perSlice[z] / whole;
    }
  }
  return totals.reduce((best, total, z) => (total > totals[best] ? z : best), 0);
}
