import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseOverwrite, withoutByteOrderMark } from '@fractura/array-files';
import { defineCommand, parseSize, UsageError } from '@fractura/command-line';
import { FracturaError, reasonOf } from '@fractura/errors';
import { checkSize, imageFits } from '@fractura/radiograph';
import { checkWorkers, convertCoco, type Conversion } from '../convert-coco.js';
import { datasetFolderName } from '../dataset/dataset-folder.js';
import { checkCasePrefix } from '../dataset/plan-cases.js';
import { CocoToNiftiError } from '../errors.js';
import { listNormalImages } from '../images/normal-images.js';
import { heading } from './heading.js';

/** `fractura convert`: COCO images and annotations to a raw data set of nnU-Net. */
export const convertCommand = defineCommand({
  ...heading,
  positionals: {},
  options: {
    images: { kind: 'string', describe: 'folder of the images', required: true },
    annotations: { kind: 'string', describe: 'COCO instance file (JSON)', required: true },
    out: { kind: 'string', describe: 'folder of raw data sets (nnUNet_raw)', required: true },
    dataset: { kind: 'integer', alias: 'd', describe: 'number of the data set, 1 to 999', required: true },
    name: { kind: 'string', describe: 'name of the data set, as in Dataset921_NAME', required: true },
    size: { kind: 'string', describe: 'width x height in pixels, or "native"', default: 'native' },
    fit: {
      kind: 'string',
      describe: 'bring images to the size out of their aspect, or within it, centred on black',
      choices: imageFits,
      default: 'stretch',
    },
    'with-normals': {
      kind: 'string',
      describe:
        'images without a lesion, which get empty labels: a folder, a text file of paths (relative to it), or "coco" for the images of the COCO file that have no annotation and are in no list',
    },
    ids: {
      kind: 'string',
      describe: 'file naming the images for training, one a line (default: all but the test images)',
    },
    'test-ids': { kind: 'string', describe: 'file naming the images for test, one a line' },
    'channel-name': { kind: 'string', describe: 'name of the channel', default: 'X-ray' },
    'case-prefix': {
      kind: 'string',
      describe: 'prefix of the cases’ names, before their number (default: from the data set’s name)',
    },
    mapping: { kind: 'string', describe: 'where to write which image became which case, as JSON' },
    format: {
      kind: 'string',
      describe: 'files to write: NIfTI of (x, y, 1), NIfTI of (x, y), PNG',
      choices: ['nifti', 'nifti-2d', 'png'],
      default: 'nifti',
    },
    damaged: {
      kind: 'string',
      describe: 'missing, damaged or mismatched images: end, leave out and list, or take what can be taken',
      choices: ['error', 'skip', 'salvage'],
      default: 'skip',
    },
    'raster-at': {
      kind: 'string',
      describe: 'draw polygons scaled to the target size, or at full size and reduced to the nearest pixel',
      choices: ['target', 'full'],
      default: 'target',
    },
    labels: { kind: 'strings', describe: 'labels from 1 on with their categories, as label=category,category' },
    regions: { kind: 'strings', describe: 'regions, outermost first, with their labels, as region=label,label' },
    crowds: {
      kind: 'string',
      describe: 'objects marked as crowds: draw, mark to be ignored in training, leave out',
      choices: ['draw', 'ignore', 'leave-out'],
      default: 'draw',
    },
    window: { kind: 'integer', minimum: 1, describe: 'which of several windows of DICOM files is shown (default: 1)' },
    overwrite: { kind: 'boolean', describe: "remove an earlier conversion's other files", default: false },
    workers: { kind: 'integer', describe: 'images processed at once (default: 6)' },
  },
  examples: [
    [
      '--images images/Fractured --annotations COCO_fracture_masks.json --out nnUNet_raw -d 921 --name FracAtlas --size 224x224',
      'makes nnUNet_raw/Dataset921_FracAtlas',
    ],
    [
      '--images images/Fractured --annotations COCO_fracture_masks.json --out nnUNet_raw -d 922 --name Films --size 448x448 --fit letterbox --with-normals images/Non_fractured',
      'keeps the aspect of the films and adds the normal ones, with empty labels',
    ],
    [
      '--images film --annotations film.json --out nnUNet_raw -d 5 --name Wrist --labels bone=radius,ulna gap=fracture',
      'makes two labels of three categories',
    ],
  ],
  run: async (values, { print, note, progress, signal, json }) => {
    const { images, annotations, dataset, name, ids, testIds, labels, regions, withNormals } = values;
    const size = parseSize(values.size, 'native');
    if (size !== 'native') {
      asUsage(() => {
        checkSize(size);
      });
    }
    if (size === 'native' && values.fit === 'letterbox') {
      throw new UsageError('--fit letterbox needs the size of the frame.', {
        remedy: 'Add --size 448x448 or another.',
      });
    }
    asUsage(() => datasetFolderName(dataset, name));
    if (values.casePrefix !== undefined) {
      asUsage(() => {
        checkCasePrefix(values.casePrefix!);
      });
    }
    if (values.workers !== undefined) {
      asUsage(() => {
        checkWorkers(values.workers!);
      });
    }
    const groups = asUsage(() => ({
      labels: labels === undefined ? undefined : parseGroups(labels),
      regions: regions === undefined ? undefined : parseGroups(regions),
    }));
    // Images and annotations are checked by the conversion itself.
    await refuseOverwrite({
      inputs: [ids, testIds, withNormals],
      outputs: [values.mapping],
      folders: [join(values.out, datasetFolderName(dataset, name))],
    });
    const task = progress('Converting');
    const conversion = await convertCoco({
      images,
      annotations,
      output: values.out,
      datasetId: dataset,
      datasetName: name,
      signal,
      size,
      fit: values.fit,
      normals: withNormals === undefined ? undefined : await normalsOf(withNormals),
      ...groups,
      channelName: values.channelName,
      format: values.format,
      damaged: values.damaged,
      rasterAt: values.rasterAt,
      crowds: values.crowds,
      window: values.window,
      overwrite: values.overwrite,
      trainFiles: ids === undefined ? undefined : await readList(ids),
      testFiles: testIds === undefined ? undefined : await readList(testIds),
      casePrefix: values.casePrefix,
      mapping: values.mapping,
      workers: values.workers,
      onProgress: task.update,
    });
    task.finish();
    if (json) {
      print(conversion);
    } else {
      for (const line of remarks(conversion)) {
        note(line);
      }
      print(conversion.folder);
    }
  },
});

/** Everything that was not taken as it came, one line each. */
function* remarks(conversion: Conversion): Generator<string> {
  const { cases, skipped, salvaged, warnings, clippedPolygons, leftOutAnnotations } = conversion;
  for (const { file, reason } of skipped) {
    yield `Skipped ${file}: ${reason}`;
  }
  for (const { file, reason } of salvaged) {
    yield `Salvaged ${file}: ${reason}`;
  }
  for (const { sentence } of warnings) {
    yield sentence;
  }
  for (const { file, annotationId, reason } of leftOutAnnotations) {
    yield `Left out annotation ${annotationId} of ${file}: ${reason}`;
  }
  for (const { file, annotationId } of clippedPolygons) {
    yield `Clipped annotation ${annotationId} of ${file}: it reaches out of the image`;
  }
  const turned = cases.filter(({ orientation }) => orientation !== 1).length;
  const normal = cases.filter((converted) => converted.normal).length;
  if (normal > 0) {
    yield `${normal} cases without annotation, with empty labels.`;
  }
  yield `${cases.length} cases, ${skipped.length} images skipped, ${salvaged.length} salvaged, ${turned} turned upright by EXIF; labels drawn at ${conversion.rasterAt === 'target' ? 'the target' : 'full'} size.`;
}

/** What an option's value alone shows to be wrong is wrong usage, not failed work. */
function asUsage<Value>(check: () => Value): Value {
  try {
    return check();
  } catch (error) {
    if (!FracturaError.isInstance(error)) {
      throw error;
    }
    throw new UsageError(error.message, { remedy: error.remedy });
  }
}

/** `label=category,category` as an object. */
function parseGroups(texts: readonly string[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const text of texts) {
    const [, name, members] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (name === undefined || members === undefined || name in groups) {
      throw new CocoToNiftiError(`"${text}" is not a name with its members, or the name comes twice.`, {
        code: 'labels-invalid',
        remedy: 'Write name=member,member for each label or region.',
      });
    }
    groups[name] = members.split(',');
  }
  return groups;
}

/** A folder or a list of files; or those of the COCO file, for which a folder of that name is `./coco`. */
const normalsOf = (source: string) => (source === 'coco' ? ('annotations' as const) : listNormalImages(source));

/** File names, one a line; a first line `image_id`, as FracAtlas's own lists have it, is a heading. */
async function readList(path: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CocoToNiftiError(`The list of images ${path} cannot be read: ${reasonOf(cause)}.`, {
      code: 'list-unreadable',
      remedy: 'Name a text file with one image file a line.',
      cause,
    });
  }
  const lines = withoutByteOrderMark(text)
    .split(/\r?\n/)
    .map((line) => line.trim());
  const names = lines.filter((line, index) => line !== '' && !(index === 0 && line === 'image_id'));
  if (names.length === 0) {
    throw new CocoToNiftiError(`The list of images ${path} is empty.`, {
      code: 'list-unreadable',
      remedy: 'Name one image file a line.',
    });
  }
  return names;
}
