/** Where a window lies in an image, and which of its axes are reversed; axes are z, y, x. */
export interface Window {
  start: readonly [number, number, number];
  mirrored: readonly [boolean, boolean, boolean];
}

type Triple = readonly [number, number, number];

/** Copies a window of `[channels, z, y, x]` into channels-last `out` from `offset`; outside the image it is 0. */
export function readWindow(
  { data, sizeZYX, channels }: { data: Float32Array; sizeZYX: Triple; channels: number },
  window: Window,
  windowZYX: Triple,
  out: Float32Array,
  offset: number,
): void {
  const plane = sizeZYX[0] * sizeZYX[1] * sizeZYX[2];
  eachRow(sizeZYX, window, windowZYX, (from, to, direction, count) => {
    for (let i = 0; i < count; i += 1) {
      const target = offset + (to + direction * i) * channels;
      for (let c = 0; c < channels; c += 1) {
        out[target + c] = data[c * plane + from + i]!;
      }
    }
  });
}

/** Adds channels-last logits of a window, weighted voxel by voxel, to `[classes, z, y, x]`. */
export function addWindow(
  { sums, sizeZYX, classes }: { sums: Float32Array; sizeZYX: Triple; classes: number },
  window: Window,
  windowZYX: Triple,
  { logits, offset, importance }: { logits: Float32Array; offset: number; importance: Float32Array },
): void {
  const plane = sizeZYX[0] * sizeZYX[1] * sizeZYX[2];
  eachRow(sizeZYX, window, windowZYX, (to, from, direction, count, unmirrored) => {
    for (let i = 0; i < count; i += 1) {
      const weight = importance[unmirrored + i];
      const source = offset + (from + direction * i) * classes;
      for (let c = 0; c < classes; c += 1) {
        sums[c * plane + to + i] += weight * logits[source + c];
      }
    }
  });
}

/** Adds the weights themselves, as {@link addWindow} adds logits. */
export function addImportance(
  sums: Float32Array,
  sizeZYX: Triple,
  window: Window,
  windowZYX: Triple,
  importance: Float32Array,
): void {
  eachRow(sizeZYX, window, windowZYX, (to, _from, _direction, count, unmirrored) => {
    for (let i = 0; i < count; i += 1) {
      sums[to + i] += importance[unmirrored + i];
    }
  });
}

/**
 * Visits the rows along x that window and image share.
 *
 * `visit(image, mirrored, direction, count, plain)`: indices of the first voxel in the image, in the mirrored window
 * (walked in `direction`) and in the window as it lies in the image.
 */
function eachRow(
  sizeZYX: Triple,
  { start, mirrored }: Window,
  windowZYX: Triple,
  visit: (image: number, mirrored: number, direction: 1 | -1, count: number, plain: number) => void,
): void {
  const [zn, yn, xn] = windowZYX;
  const [zs, ys, xs] = start;
  const x0 = Math.max(xs, 0);
  const count = Math.min(xs + xn, sizeZYX[2]) - x0;
  for (let z = Math.max(zs, 0); z < Math.min(zs + zn, sizeZYX[0]); z += 1) {
    const wz = z - zs;
    for (let y = Math.max(ys, 0); y < Math.min(ys + yn, sizeZYX[1]); y += 1) {
      const wy = y - ys;
      const wx = x0 - xs;
      const row = ((mirrored[0] ? zn - 1 - wz : wz) * yn + (mirrored[1] ? yn - 1 - wy : wy)) * xn;
      visit(
        (z * sizeZYX[1] + y) * sizeZYX[2] + x0,
        row + (mirrored[2] ? xn - 1 - wx : wx),
        mirrored[2] ? -1 : 1,
        count,
        (wz * yn + wy) * xn + wx,
      );
    }
  }
}
