import { labelComponents } from '@fractura/metrics';

/** Which labels to thin out. */
export interface KeepLargestComponentOptions {
  /** Labels in C order; not changed. */
  labels: ArrayLike<number>;
  /** Of any rank up to three, such as `[z, y, x]`. */
  shape: readonly number[];
  /** Labels that together are one foreground. */
  of: readonly number[];
}

/**
 * Sets to 0 every voxel of the labels named that is not in their largest connected component; of equals all stay. Voxels
 * are connected across faces, edges and corners.
 *
 * @returns labels in the same order
 * @see nnU-Net: nnunetv2/postprocessing/remove_connected_components.py,
 *   remove_all_but_largest_component_from_segmentation
 */
export function keepLargestComponent({ labels, shape, of }: KeepLargestComponentOptions): Uint16Array {
  const result = Uint16Array.from(labels);
  const isForeground = new Set(of);
  const { labels: components, count } = labelComponents({
    mask: Uint8Array.from(result, (label) => Number(isForeground.has(label))),
    shape: [1, 1, ...shape].slice(-3),
    connectivity: 26,
  });
  const sizes = new Uint32Array(count + 1);
  for (const component of components) {
    sizes[component] += 1;
  }
  const largest = sizes.subarray(1).reduce((most, size) => Math.max(most, size), 0);
  for (let i = 0; i < result.length; i += 1) {
    if (components[i] !== 0 && sizes[components[i]] < largest) {
      result[i] = 0;
    }
  }
  return result;
}
