import { basename } from 'node:path';
import type { CocoFile, CocoImage } from '@fractura/coco';
import { CocoToNiftiError } from '../errors.js';

/** One image on its way into the data set. */
export interface PlannedCase {
  /** `fra_0001`: nnU-Net's name of the case, without channel and ending. */
  case: string;
  image: CocoImage;
  set: 'train' | 'test';
}

/**
 * Numbers the images from 1, training before test, each in the order given; without lists all images in the order of the
 * COCO file are for training.
 *
 * @throws CocoToNiftiError `image-not-listed`, `image-listed-twice`, `case-prefix-invalid`.
 */
export function planCases(
  { images }: CocoFile,
  {
    trainFiles,
    testFiles = [],
    casePrefix,
  }: { trainFiles?: readonly string[]; testFiles?: readonly string[]; casePrefix: string },
): PlannedCase[] {
  checkCasePrefix(casePrefix);
  const find = imageFinder(images);
  const inTest = new Set(testFiles.map((file) => find(file)));
  const train = trainFiles?.map((file) => find(file)) ?? images.filter((image) => !inTest.has(image));
  const listed = [
    ...train.map((image) => ({ image, set: 'train' as const })),
    ...testFiles.map((file) => ({ image: find(file), set: 'test' as const })),
  ];
  const seen = new Set<CocoImage>();
  const digits = Math.max(4, String(listed.length).length);
  return listed.map(({ image, set }, index) => {
    if (seen.has(image)) {
      throw new CocoToNiftiError(`${image.file_name} is listed twice.`, {
        code: 'image-listed-twice',
        remedy: 'Name each image once, for training or for test.',
      });
    }
    seen.add(image);
    return { case: `${casePrefix}_${String(index + 1).padStart(digits, '0')}`, image, set };
  });
}

/** @throws CocoToNiftiError `case-prefix-invalid` */
export function checkCasePrefix(casePrefix: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(casePrefix)) {
    throw new CocoToNiftiError(`Cases cannot be named after "${casePrefix}".`, {
      code: 'case-prefix-invalid',
      remedy: 'Use letters, digits, "-" and "_".',
    });
  }
}

/** Finds images by the whole `file_name`, else by its last part where that is unique. */
function imageFinder(images: readonly CocoImage[]): (file: string) => CocoImage {
  const byName = new Map<string, CocoImage>();
  const byBase = new Map<string, CocoImage | 'several'>();
  for (const image of images) {
    const { file_name } = image;
    byName.set(file_name, image);
    byBase.set(basename(file_name), byBase.has(basename(file_name)) ? 'several' : image);
  }
  return (file) => {
    const found = byName.get(file) ?? byBase.get(basename(file));
    if (found === undefined || found === 'several') {
      throw new CocoToNiftiError(
        found === undefined
          ? `${file} is not an image of the annotations.`
          : `${file} may be one of several images of the annotations.`,
        {
          code: 'image-not-listed',
          remedy: 'Name images as the COCO file does; one without annotations must be listed there too.',
        },
      );
    }
    return found;
  };
}
