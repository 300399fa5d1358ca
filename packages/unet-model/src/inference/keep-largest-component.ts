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
 * @see reference/nnunet-v2/behaviour.md, section 9.5
 */
export function keepLargestComponent({ labels, shape, of }: KeepLargestComponentOptions): Uint16Array {
  const result = Uint16Array.from(labels);
  const isForeground = new Set(of);
  const [zn, yn, xn] = [1, 1, ...shape].slice(-3);
  const components = new Int32Array(result.length);
  const sizes = [0];
  const waiting = new Int32Array(result.length);
  for (let seed = 0; seed < result.length; seed++) {
    if (components[seed] !== 0 || !isForeground.has(result[seed])) continue;
    const component = sizes.length;
    components[seed] = component;
    waiting[0] = seed;
    let found = 1;
    for (let next = 0; next < found; next++) {
      const voxel = waiting[next];
      const x = voxel % xn;
      const y = Math.floor(voxel / xn) % yn;
      const z = Math.floor(voxel / (xn * yn));
      for (let nz = Math.max(z - 1, 0); nz < Math.min(z + 2, zn); nz++) {
        for (let ny = Math.max(y - 1, 0); ny < Math.min(y + 2, yn); ny++) {
          for (let nx = Math.max(x - 1, 0); nx < Math.min(x + 2, xn); nx++) {
            const neighbour = (nz * yn + ny) * xn + nx;
            if (components[neighbour] !== 0 || !isForeground.has(result[neighbour])) continue;
            components[neighbour] = component;
            waiting[found++] = neighbour;
          }
        }
      }
    }
    sizes.push(found);
  }
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  for (let i = 0; i < result.length; i++) if (components[i] !== 0 && sizes[components[i]] < largest) result[i] = 0;
  return result;
}
