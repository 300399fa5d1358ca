import { basename, posix } from 'node:path';
import type { CocoFile, CocoImage } from '@fractura/coco';
import { CocoToNiftiError } from '../errors.js';
import type { NormalImage } from '../images/normal-images.js';

/** One image on its way into the data set. */
export interface PlannedCase {
  /** `fra_0001`: nnU-Net's name of the case, without channel and ending. */
  case: string;
  image: CocoImage;
  /** Of a normal radiograph that the COCO file does not list. */
  path?: string;
  set: 'train' | 'test';
}

/** Which images are to be cases, and what the cases are called. */
export interface CaseChoices {
  trainFiles?: readonly string[];
  testFiles?: readonly string[];
  /** Normal radiographs beside the COCO file, or those images of it that have no annotation. */
  normals?: 'annotations' | readonly NormalImage[];
  casePrefix: string;
}

/**
 * Numbers the images from 1, training before test and both before normal ones, each in the order given; without lists all images
 * in the order of the COCO file are for training. Normal images that the COCO file does not list get ids after its highest.
 *
 * @throws CocoToNiftiError `image-not-listed`, `image-listed-twice`, `case-prefix-invalid`.
 */
export function planCases(
  { images, annotations }: Pick<CocoFile, 'images' | 'annotations'>,
  { trainFiles, testFiles = [], normals = [], casePrefix }: CaseChoices,
): PlannedCase[] {
  checkCasePrefix(casePrefix);
  const find = imageFinder(images);
  const inTest = new Set(testFiles.map((file) => find(file)));
  const train = trainFiles?.map((file) => find(file)) ?? images.filter((image) => !inTest.has(image));
  const listed: Omit<PlannedCase, 'case'>[] = [
    ...train.map((image) => ({ image, set: 'train' as const })),
    ...testFiles.map((file) => ({ image: find(file), set: 'test' as const })),
  ];
  const chosen = new Set(listed.map(({ image }) => image));
  if (normals === 'annotations') {
    const annotated = new Set(annotations.map(({ image_id }) => image_id));
    const others = images.filter((image) => !annotated.has(image.id) && !chosen.has(image));
    listed.push(...others.map((image) => ({ image, set: 'train' as const })));
  } else {
    listed.push(...plannedNormals(normals, images));
  }
  const seen = new Set<string>();
  const digits = Math.max(4, String(listed.length).length);
  return listed.map((entry, index) => {
    const { image } = entry;
    if (seen.has(image.file_name)) {
      throw new CocoToNiftiError(`${image.file_name} is listed twice.`, {
        code: 'image-listed-twice',
        remedy: 'Name each image once: for training, for test, or as normal.',
      });
    }
    seen.add(image.file_name);
    return { case: `${casePrefix}_${String(index + 1).padStart(digits, '0')}`, ...entry };
  });
}

function plannedNormals(
  normals: readonly NormalImage[],
  images: readonly CocoImage[],
): (Omit<PlannedCase, 'case'> & { path: string })[] {
  const highest = images.reduce((most, { id }) => Math.max(most, id), 0);
  return normals.map(({ file, path, set = 'train' }, index) => ({
    image: { id: highest + 1 + index, file_name: file },
    path,
    set,
  }));
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

/** Finds images by the whole `file_name`, with or without `./`, else by its last part where that is unique. */
function imageFinder(images: readonly CocoImage[]): (file: string) => CocoImage {
  const byName = new Map<string, CocoImage>();
  const byBase = new Map<string, CocoImage | 'several'>();
  for (const image of images) {
    const { file_name } = image;
    byName.set(posix.normalize(file_name), image);
    byBase.set(basename(file_name), byBase.has(basename(file_name)) ? 'several' : image);
  }
  return (file) => {
    const found = byName.get(posix.normalize(file)) ?? byBase.get(basename(file));
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
