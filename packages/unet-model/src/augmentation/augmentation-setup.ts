/** `none`: patches as they are; `light`: mirroring, brightness and contrast. */
export type AugmentationName = 'none' | 'light';

/** How patches are cut and changed. */
export interface AugmentationSetup {
  name: AugmentationName;
  /** What is cut out of an image, `[z, y, x]`. */
  initialZYX: readonly number[];
  /** What the network sees, `[z, y, x]`. */
  finalZYX: readonly number[];
  /** Axes that may be reversed, 0 to 2 for z, y, x. */
  mirrorAxes: readonly number[];
}

/** The set-up for a patch of `[height, width]` or `[depth, height, width]`. */
export function setUpAugmentation(name: AugmentationName, patchSize: readonly number[]): AugmentationSetup {
  const leading = Array.from({ length: 3 - patchSize.length }, () => 1);
  const finalZYX = [...leading, ...patchSize];
  return {
    name,
    initialZYX: finalZYX,
    finalZYX,
    mirrorAxes: name === 'none' ? [] : patchSize.map((_, axis) => leading.length + axis),
  };
}
