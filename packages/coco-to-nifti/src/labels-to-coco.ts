import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { writeCoco, type CocoCategory, type CocoFile } from '@fractura/coco';
import { checkLabelsToCocoOptions } from './check-options.js';
import { objectsOfLabel } from './dataset/objects-of-label.js';
import { readCategories } from './dataset/read-dataset-labels.js';
import { readLabelMap, type LabelMap } from './dataset/read-label-map.js';
import { CocoToNiftiError } from './errors.js';
import type { LabelsToCocoOptions, SourceOfCase } from './labels-to-coco-options.js';
import { reasonOf } from '@fractura/errors';
import { cropToPlacement, placeInFrame, type ImageFit } from '@fractura/radiograph';

const labelFile = /^(.+?)(\.nii(?:\.gz)?|\.png)$/i;

/**
 * Turns label maps, drawn or predicted, into COCO annotations: the way back from `convertCoco`. Of letterboxed ones the part that
 * shows the image is taken, where the cases say the size of their images.
 *
 * Areas and boxes are those of pycocotools for the mask in the frame of the image. Images and annotations are in the order
 * of the cases' names; annotations are numbered from 1, since COCO's evaluation takes 0 for "no match".
 *
 * @returns the COCO file; pixels of nnU-Net's `ignore` label are no objects.
 * @throws CocoToNiftiError `options-invalid`, `labels-unreadable`, `label-invalid`, `labels-invalid`, `case-unknown`;
 *   ArrayFilesError `file-unwritable`, `output-is-input`; VolumeIoError for damaged files.
 */
export async function labelsToCoco(options: LabelsToCocoOptions): Promise<CocoFile> {
  checkLabelsToCocoOptions(options);
  const { labels, cases, objects = 'groups', segmentation = 'polygons', minPixels = 1, signal, onProgress } = options;
  const categories = await readCategories(options.names);
  const { fit = categories.fit } = options;
  const files = await listLabels(labels);
  await refuseOverwrite({
    inputs: [
      ...(typeof options.names === 'string' ? [options.names] : []),
      ...files.map(({ file }) => join(labels, file)),
    ],
    outputs: [options.output],
  });
  const sourceOf = new Map(cases?.map((source) => [source.case, source]));
  const coco: CocoFile = {
    images: [],
    annotations: [],
    categories: categories.list.map(({ id, name }): CocoCategory => ({ id, name })),
  };
  for (const [index, { file, name }] of files.entries()) {
    signal?.throwIfAborted();
    const source = cases === undefined ? { file, imageId: index + 1 } : sourceOf.get(name);
    if (source === undefined) {
      throw new CocoToNiftiError(`${join(labels, file)} is a label of ${name}, which is not among the cases.`, {
        code: 'case-unknown',
        remedy: 'Give the cases, or the mapping, of the data set that the labels belong to.',
      });
    }
    const stored = await readLabelMap(join(labels, file), categories.numbers);
    const { sourceWidth: width = stored.width, sourceHeight: height = stored.height } = source as Partial<SourceOfCase>;
    const label = withoutPadding(stored, { width, height }, fit);
    coco.images.push({ id: source.imageId, file_name: source.file, width, height });
    for (const { id: categoryId, numbers } of categories.list) {
      for (const object of objectsOfLabel(label, {
        numbers,
        objects,
        segmentation,
        minPixels,
        frame: { width, height },
      })) {
        coco.annotations.push({
          id: coco.annotations.length + 1,
          image_id: source.imageId,
          category_id: categoryId,
          ...object,
          iscrowd: 0,
        });
      }
    }
    onProgress?.({ done: index + 1, total: files.length });
  }
  if (options.output !== undefined) {
    await writeCoco(options.output, coco);
  }
  return coco;
}

/** The part of a label map that shows the image. */
function withoutPadding(
  { data, ...size }: LabelMap,
  image: { width: number; height: number },
  fit: ImageFit,
): LabelMap {
  const place = placeInFrame(image, size, fit);
  return {
    data: fit === 'stretch' ? data : cropToPlacement(Float32Array.from(data), size, place),
    width: place.width,
    height: place.height,
  };
}

/** Label maps of a folder by name of the case; those of prediction runs may lie beside JSON files. */
async function listLabels(folder: string): Promise<{ file: string; name: string }[]> {
  let entries: string[];
  try {
    entries = await readdir(folder);
  } catch (cause) {
    throw new CocoToNiftiError(`The folder of labels ${folder} cannot be read: ${reasonOf(cause)}.`, {
      code: 'labels-unreadable',
      remedy: 'Name a folder such as labelsTr, or one of predictions.',
      cause,
    });
  }
  const files = entries.flatMap((file) => {
    const name = file.startsWith('.') ? undefined : labelFile.exec(file)?.[1];
    return name === undefined ? [] : [{ file, name }];
  });
  if (files.length === 0) {
    throw new CocoToNiftiError(`${folder} holds no label map (.nii.gz, .nii or .png).`, {
      code: 'labels-unreadable',
      remedy: 'Name a folder such as labelsTr, or one of predictions.',
    });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
