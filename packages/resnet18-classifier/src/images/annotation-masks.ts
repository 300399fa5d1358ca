import { decodeRle, mergeRle, readCoco, segmentationToRle } from '@fractura/coco';
import { fitImage, type RadiographPreparation } from '@fractura/radiograph';
import { Resnet18ClassifierError } from '../errors.js';

/** A film's annotated pixels, as its image is prepared: `[height, width]`, 0 or 1. */
export interface AnnotationMask {
  file: string;
  mask: Uint8Array;
}

/**
 * The annotated pixels of a COCO file's films, all annotations of a film together, brought into the frame of a preparation. A pixel
 * counts where the annotation covers at least half of it; where it covers none so far, those that it covers most.
 *
 * @param options `category` takes annotations of that name alone
 * @returns films with annotations, in the file's order
 * @throws CocoError; Resnet18ClassifierError `annotations-missing`
 */
export async function readAnnotationMasks(
  file: string,
  preparation: RadiographPreparation,
  { category }: { category?: string | undefined } = {},
): Promise<AnnotationMask[]> {
  const { images, annotations, categories } = await readCoco(file);
  const wanted = new Set(
    categories.filter(({ name }) => category === undefined || name === category).map(({ id }) => id),
  );
  const masks = images.flatMap(({ id, file_name, width, height }) => {
    const own = annotations.filter((each) => each.image_id === id && wanted.has(each.category_id));
    const drawn = own.flatMap(({ segmentation }) => (segmentation === undefined ? [] : [segmentation]));
    if (drawn.length === 0 || width === undefined || height === undefined) {
      return [];
    }
    const frame = { height, width };
    const rle = mergeRle(drawn.map((segmentation) => segmentationToRle(segmentation, frame)));
    return [{ file: file_name, mask: inFrame(decodeRle(rle), frame, preparation) }];
  });
  if (masks.length === 0) {
    throw new Resnet18ClassifierError(
      `${file} has no outlines${category === undefined ? '' : ` of the category ${category}`} in films whose size it tells.`,
      {
        code: 'annotations-missing',
        remedy: 'Give a COCO file with segmentations, and width and height of its images.',
      },
    );
  }
  return masks;
}

function inFrame(
  mask: Uint8Array,
  frame: { height: number; width: number },
  { width, height, fit = 'stretch' }: RadiographPreparation,
): Uint8Array {
  const levels = mask.map((value) => 255 * value);
  const { data } = fitImage({ data: levels, ...frame, channels: 1 }, { width, height }, { fit, filter: 'bilinear' });
  const most = data.reduce((largest, level) => Math.max(largest, level), 0);
  const needed = Math.max(1, Math.min(128, most));
  return Uint8Array.from(data, (level) => Number(level >= needed));
}
