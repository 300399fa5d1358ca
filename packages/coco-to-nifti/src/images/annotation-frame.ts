import type { CocoImage } from '@fractura/coco';
import { CocoToNiftiError } from '../errors.js';
import type { Radiograph } from '@fractura/radiograph';

/**
 * The frame in pixels that an image's annotations are in: that of the upright image, which the COCO file must state.
 *
 * @param lenient take annotations that were made on a larger or smaller copy of the same shape.
 * @throws CocoToNiftiError `size-mismatch`
 */
export function annotationFrame(
  { id, file_name, width, height }: CocoImage,
  { sourceWidth, sourceHeight, orientation }: Pick<Radiograph, 'sourceWidth' | 'sourceHeight' | 'orientation'>,
  { lenient }: { lenient: boolean },
): { width: number; height: number; copied: boolean } {
  if (width == null || height == null) {
    return { width: sourceWidth, height: sourceHeight, copied: false };
  }
  if (width === sourceWidth && height === sourceHeight) {
    return { width, height, copied: false };
  }
  const sameShape = Math.abs((width * sourceHeight) / sourceWidth - height) <= 1 && width * height <= maxPixels;
  if (lenient && sameShape) {
    return { width, height, copied: true };
  }
  const turned = orientation > 4 && width === sourceHeight && height === sourceWidth;
  throw new CocoToNiftiError(
    `${file_name} (image ${id}) is ${sourceWidth} x ${sourceHeight} pixels upright; its annotations say ${width} x ${height}` +
      (turned ? `, which is the size before its EXIF orientation (${orientation}) is applied.` : '.'),
    {
      code: 'size-mismatch',
      remedy: turned
        ? 'Annotate the upright image, or take the orientation tag out of the file if viewers ignored it.'
        : "Restore the image that was annotated; `damaged: 'salvage'` takes a copy of another size but the same shape.",
    },
  );
}

/** As many as a 16384 x 16384 image has, which is where decoding ends too. */
const maxPixels = 2 ** 28;
