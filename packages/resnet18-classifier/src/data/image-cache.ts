import { readImage, type ClassifierImage, type ImageSize, type UnlabelledSample } from './classifier-sample.js';

/** Gives the checked image of a sample. */
export type ReadImage = (sample: UnlabelledSample, size?: Partial<ImageSize>) => Promise<ClassifierImage>;

/**
 * Keeps images after their first read until `bytes` are full; the rest is read again each time. No image is dropped
 * for a later one: passes over a whole set would then find nothing that they kept.
 */
export function cachedReader(bytes: number): ReadImage {
  const kept = new Map<UnlabelledSample, ClassifierImage>();
  let left = bytes;
  return async (sample, size) => {
    const known = kept.get(sample);
    if (known) {
      return known;
    }
    const image = await readImage(sample, size);
    if (image.data.byteLength <= left) {
      left -= image.data.byteLength;
      kept.set(sample, image);
    }
    return image;
  };
}
