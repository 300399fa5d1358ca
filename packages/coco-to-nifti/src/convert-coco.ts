import { dirname, join, resolve } from 'node:path';
import { makeFolder, refuseOverwrite } from '@fractura/array-files';
import { Budget, forEachConcurrently } from '@fractura/concurrency';
import { readCoco, type CocoAnnotation, type CocoFile } from '@fractura/coco';
import { writeDatasetJson, type ImageConversion } from '@fractura/nnunet-format';
import { checkSize, openImageFolder, readImageHeader } from '@fractura/radiograph';
import { checkOptions } from './check-options.js';
import type { ConvertOptions } from './convert-options.js';
import { writeCaseMapping } from './dataset/case-mapping.js';
import { writeConversionRecord } from './dataset/conversion-record.js';
import { convertCase, type CaseContext, type CaseResult } from './dataset/convert-case.js';
import type { ConvertedCase } from './dataset/converted-case.js';
import {
  datasetFolderName,
  fileEndings,
  pathsOfCase,
  prepareDatasetFolder,
  removeEmptyFolders,
} from './dataset/dataset-folder.js';
import { planCases, type PlannedCase } from './dataset/plan-cases.js';
import { planLabels } from './dataset/plan-labels.js';
import { usedCategories } from './dataset/used-categories.js';
import { CocoToNiftiError } from './errors.js';

/** What was converted, and everything that was not taken as it came. */
export interface Conversion {
  /** Folder of the data set. */
  folder: string;
  /** In order of their numbers, which are those of the lists: skipped images leave gaps. */
  cases: ConvertedCase[];
  skipped: { file: string; reason: string }[];
  /** Damaged images of which what could be decoded was taken. */
  salvaged: { file: string; reason: string }[];
  /**
   * What is to be said of images that were taken: further images in a file, 16 bits that look like 12, a spacing that is left out;
   * and of the COCO file: categories that nobody uses, names that the folder has in another spelling.
   */
  warnings: { file: string; sentence: string }[];
  /** Annotations with a polygon that reaches out of the image, where it was cut off. */
  clippedPolygons: { file: string; annotationId: number }[];
  /** Annotations that left no pixel in the label. */
  leftOutAnnotations: { file: string; annotationId: number; reason: string }[];
  /** `labels` of dataset.json. */
  labels: Record<string, number | number[]>;
  regionsClassOrder?: number[];
  rasterAt: 'target' | 'full';
}

/**
 * Converts COCO images and annotations into a raw data set of nnU-Net: upright grey images, label maps drawn as
 * pycocotools draws them, dataset.json.
 *
 * Images stream through, so memory does not grow with their number. Every file is written beside its place and renamed,
 * dataset.json last: a folder without it is unfinished, and the same call completes it. Where images were letterboxed or normal
 * ones were given, `conversion.json` beside it says where each image lies in its case and which cases are empty.
 *
 * @throws CocoToNiftiError, CocoError and RadiographError: see the table of errors in the README; with `damaged: 'skip'` the
 *   failures of single images are listed in `skipped` instead.
 * @see nnU-Net: documentation/dataset_format.md
 */
export async function convertCoco(options: ConvertOptions): Promise<Conversion> {
  checkOptions(options);
  const { output, datasetId, datasetName, format = 'nifti', rasterAt = 'target', size = 'native' } = options;
  const {
    fit = 'stretch',
    channelName = 'X-ray',
    casePrefix = prefixOf(datasetName),
    workers = defaultWorkers,
  } = options;
  checkSize(size);
  checkWorkers(workers);
  const folderName = datasetFolderName(datasetId, datasetName);
  const { coco, outlineFlaws } = await readAnnotations(options.annotations);
  const { categories, sentences } = usedCategories(coco, options);
  const labelPlan = planLabels(categories, options);
  const planned = planCases(coco, { ...options, casePrefix });
  if (planned.length === 0) {
    throw nothingConverted(options, []);
  }
  const pathOf = await openImageFolder(options.images);
  refuseSameImage(planned, pathOf);
  await refuseOverwrite({
    inputs: [options.annotations, options.images, ...planned.flatMap((entry) => pathIfAny(entry, pathOf) ?? [])],
    outputs: [options.mapping],
    folders: [join(output, folderName)],
  });
  if (options.mapping !== undefined) {
    await makeFolder(dirname(options.mapping));
  }

  const fileEnding = fileEndings[format];
  const folder = await prepareDatasetFolder(output, folderName, {
    planned: new Set(planned.flatMap((entry) => Object.values(pathsOfCase(entry, fileEnding)))),
    hasTest: planned.some(({ set }) => set === 'test'),
    overwrite: options.overwrite ?? false,
  });
  const context: CaseContext = {
    pathOf,
    labelPlan,
    outlineFlaws,
    folder,
    fileEnding,
    format,
    rasterAt,
    size,
    fit,
    damaged: options.damaged ?? 'skip',
    spaced: await allTellSpacing(planned, pathOf),
    window: options.window,
    crowds: options.crowds ?? 'draw',
    signal: options.signal,
  };
  const annotationsOf = groupByImage(coco.annotations);
  const results = new Array<CaseResult>(planned.length);
  const memory = new Budget(pixelsAtOnce);
  await forEachConcurrently(
    planned,
    async (entry, index) => {
      const pixels = await pixelsOf(pathIfAny(entry, pathOf));
      results[index] = await memory.spend(pixels, () =>
        convertCase(entry, annotationsOf.get(entry.image.id) ?? [], context),
      );
    },
    { concurrency: workers, signal: options.signal, onProgress: options.onProgress },
  );

  const cases = results.flatMap(({ converted }) => (converted ? [converted] : []));
  const skipped = results.flatMap((result) => (result.skipped ? [result.skipped] : []));
  if (cases.length === 0) {
    await removeEmptyFolders(folder);
    throw nothingConverted(options, skipped);
  }
  if (options.mapping !== undefined) {
    await writeCaseMapping(options.mapping, cases);
  }
  if (fit === 'letterbox' || options.normals !== undefined) {
    await writeConversionRecord(folder, { fit, cases });
  }
  const { labels, regionsClassOrder } = labelPlan;
  await writeDatasetJson(join(folder, 'dataset.json'), {
    channel_names: { '0': channelName },
    labels,
    regions_class_order: regionsClassOrder,
    numTraining: cases.filter(({ set }) => set === 'train').length,
    file_ending: fileEnding,
    image_conversion:
      fit === 'letterbox' && size !== 'native' ? ({ fit, ...size } satisfies ImageConversion) : undefined,
  });
  return {
    folder,
    cases,
    skipped,
    salvaged: results.flatMap(({ salvaged }) => salvaged ?? []),
    warnings: [
      ...[...sentences, ...otherNames(pathOf.alike, options)].map((sentence) => ({
        file: options.annotations,
        sentence,
      })),
      ...results.flatMap(({ warnings }) => warnings ?? []),
    ],
    clippedPolygons: results.flatMap(({ clippedPolygons }) => clippedPolygons ?? []),
    leftOutAnnotations: results.flatMap(({ leftOutAnnotations }) => leftOutAnnotations ?? []),
    labels,
    regionsClassOrder,
    rasterAt,
  };
}

/** The COCO file, and why outlines in it cannot be drawn, which each image is then refused for, or salvaged without. */
async function readAnnotations(
  path: string,
): Promise<{ coco: CocoFile; outlineFlaws: ReadonlyMap<CocoAnnotation, string> }> {
  const outlineFlaws = new Map<CocoAnnotation, string>();
  const coco = await readCoco(path, {
    onFlaw: ({ kind, annotation, image, sentence }) => {
      if (kind === 'image-twice') {
        throw new CocoToNiftiError(`${path}: ${image.file_name} ${sentence}.`, {
          code: 'annotations-invalid',
          remedy: 'Join the two entries of the COCO file.',
        });
      }
      if (kind === 'segmentation' && annotation) {
        outlineFlaws.set(annotation, sentence);
      }
    },
  });
  return { coco, outlineFlaws };
}

/** Names that the folder has in another spelling, said once. */
function otherNames(alike: ReadonlyMap<string, string>, { annotations, images }: ConvertOptions): string[] {
  const [first] = alike;
  if (first === undefined) {
    return [];
  }
  const more = alike.size > 1 ? `, and ${alike.size - 1} more` : '';
  return [`${annotations} calls images otherwise than ${images}: ${first[0]} is ${first[1]}${more}.`];
}

/** About 700 MB; two films of 32 million pixels, or all six workers' films of up to 22. */
const pixelsAtOnce = 2 ** 27;

/** Pixels that the header of an image promises; 0 where it cannot be read, which the conversion itself will tell. */
async function pixelsOf(path: string | undefined): Promise<number> {
  if (path === undefined) {
    return 0;
  }
  return readImageHeader(path).then(
    ({ width, height }) => width * height,
    () => 0,
  );
}

/**
 * Whether every image that can be read tells how far its pixels are apart. Where one does not, 1 stands for all: nnU-Net would resample
 * the others to it.
 */
async function allTellSpacing(planned: readonly PlannedCase[], pathOf: (file: string) => string): Promise<boolean> {
  let found = false;
  for (const entry of planned) {
    const path = pathIfAny(entry, pathOf);
    const header = path === undefined ? undefined : await readImageHeader(path).catch(() => undefined);
    if (header !== undefined && header.pixelSpacing === undefined) {
      return false;
    }
    found ||= header !== undefined;
  }
  return found;
}

/** Where an image lies; undefined where it is missing, or one of several. */
function pathIfAny({ image, path }: PlannedCase, pathOf: (file: string) => string): string | undefined {
  if (path !== undefined) {
    return path;
  }
  try {
    return pathOf(image.file_name);
  } catch {
    return undefined;
  }
}

/** @throws CocoToNiftiError `image-listed-twice` for a normal image that is an image of the COCO file, too. */
function refuseSameImage(planned: readonly PlannedCase[], pathOf: (file: string) => string): void {
  const listed = new Map(
    planned
      .filter(({ path }) => path === undefined)
      .map((entry) => [resolve(pathIfAny(entry, pathOf) ?? ''), entry.image.file_name] as const),
  );
  for (const { path, image } of planned) {
    const twin = path === undefined ? undefined : listed.get(resolve(path));
    if (twin !== undefined) {
      throw new CocoToNiftiError(`${image.file_name} is given as normal and is ${twin} of the COCO file, too.`, {
        code: 'image-listed-twice',
        remedy: 'Take it out of the normal images, or out of the images for training and test.',
      });
    }
  }
}

/** Node decodes on four threads; two more images keep them supplied. Measured on two cores. */
const defaultWorkers = 6;

/** @throws CocoToNiftiError `workers-invalid` */
export function checkWorkers(workers: number): void {
  if (Number.isSafeInteger(workers) && workers > 0) {
    return;
  }
  throw new CocoToNiftiError(`There cannot be ${workers} images in work at once.`, {
    code: 'workers-invalid',
    remedy: 'Give an integer of at least 1.',
  });
}

/** `fra` for FracAtlas. */
const prefixOf = (datasetName: string) =>
  datasetName
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 3)
    .toLowerCase();

function groupByImage(annotations: readonly CocoAnnotation[]): Map<number, CocoAnnotation[]> {
  const groups = new Map<number, CocoAnnotation[]>();
  for (const annotation of annotations) {
    const group = groups.get(annotation.image_id);
    if (group) {
      group.push(annotation);
    } else {
      groups.set(annotation.image_id, [annotation]);
    }
  }
  return groups;
}

function nothingConverted({ images }: ConvertOptions, skipped: Conversion['skipped']): CocoToNiftiError {
  const [first] = skipped;
  const why = first
    ? `${skipped.length} were skipped, the first because: ${first.reason.replace(/\.$/, '')}`
    : 'none is listed for training or test';
  return new CocoToNiftiError(`Not one image of ${images} could be converted; ${why}.`, {
    code: 'nothing-converted',
    remedy: 'Check the folder of images against the file names of the annotations.',
  });
}
