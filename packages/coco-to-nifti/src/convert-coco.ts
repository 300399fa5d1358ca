import { dirname, join } from 'node:path';
import { forEachConcurrently, makeFolder, type Progress } from '@fractura/array-files';
import { readCoco, type CocoAnnotation, type CocoFile } from '@fractura/coco';
import { writeDatasetJson } from '@fractura/nnunet-format';
import { checkSize, openImageFolder, type DamagePolicy, type TargetSize } from '@fractura/radiograph';
import { writeCaseMapping } from './dataset/case-mapping.js';
import { convertCase, type CaseContext, type CaseResult, type ConvertedCase } from './dataset/convert-case.js';
import {
  datasetFolderName,
  fileEndings,
  pathsOfCase,
  prepareDatasetFolder,
  removeEmptyFolders,
  type DatasetFormat,
} from './dataset/dataset-folder.js';
import { planCases } from './dataset/plan-cases.js';
import { planLabels, type LabelChoices } from './dataset/plan-labels.js';
import { CocoToNiftiError } from './errors.js';

/** What to convert, and into what. */
export interface ConvertOptions extends LabelChoices {
  /** Folder that the file names of the annotations start from; images are also found deeper in it. */
  images: string;
  /** COCO instance file (JSON). */
  annotations: string;
  /** nnU-Net's folder of raw data sets; `Dataset921_FracAtlas` is made in it. */
  output: string;
  /** 1 to 999. */
  datasetId: number;
  datasetName: string;
  /** Pixels of every image and label (default: each image's own). */
  size?: TargetSize;
  /** Images for training, in the order in which cases are numbered; default all that are not for test. */
  trainFiles?: readonly string[];
  /** Images for imagesTs, numbered after those for training. */
  testFiles?: readonly string[];
  /** Name of the one channel (default `X-ray`, which nnU-Net normalises by z-score). */
  channelName?: string;
  /** What cases are called before their number; default the first three letters of the data set's name. */
  casePrefix?: string;
  format?: DatasetFormat;
  /** What is done about images that are missing, damaged or at odds with their annotations (default `skip`). */
  damaged?: DamagePolicy;
  /** Draw at the target size from scaled polygons (default), or at full size, reduced to the nearest pixel. */
  rasterAt?: 'target' | 'full';
  /**
   * Labels in order (1, 2, ...), each with the categories that make it; categories named nowhere are not drawn. Default:
   * one label for each category by rising id.
   */
  labels?: Readonly<Record<string, readonly string[]>>;
  /** Regions of nnU-Net, from the outermost to the innermost, each with the labels that make it up. */
  regions?: Readonly<Record<string, readonly string[]>>;
  /** Crowds (`iscrowd`) are drawn like any object (default), become nnU-Net's ignore label, or are left out. */
  crowds?: 'draw' | 'ignore' | 'leave-out';
  /** Where to write which image became which case, as JSON. */
  mapping?: string;
  /** Remove files of an earlier, different conversion from the data set's folder. */
  overwrite?: boolean;
  /** Images in work at once (default: 6); each takes about three bytes a pixel. */
  workers?: number;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** What was converted, and everything that was not taken as it came. */
export interface Conversion {
  /** Folder of the data set. */
  folder: string;
  /** In order of their numbers, which are those of the lists: skipped images leave gaps. */
  cases: ConvertedCase[];
  skipped: { file: string; reason: string }[];
  /** Damaged images of which what could be decoded was taken. */
  salvaged: { file: string; reason: string }[];
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
 * dataset.json last: a folder without it is unfinished, and the same call completes it.
 *
 * @throws CocoToNiftiError, CocoError and RadiographError: see the table of errors in the README; with `damaged: 'skip'` the
 *   failures of single images are listed in `skipped` instead.
 * @see nnU-Net: documentation/dataset_format.md
 */
export async function convertCoco(options: ConvertOptions): Promise<Conversion> {
  const { output, datasetId, datasetName, format = 'nifti', rasterAt = 'target', size = 'native' } = options;
  const { channelName = 'X-ray', casePrefix = prefixOf(datasetName), workers = defaultWorkers } = options;
  checkSize(size);
  checkWorkers(workers);
  const folderName = datasetFolderName(datasetId, datasetName);
  const { coco, outlineFlaws } = await readAnnotations(options.annotations);
  const labelPlan = planLabels(coco.categories, options);
  const planned = planCases(coco, { ...options, casePrefix });
  if (planned.length === 0) {
    throw nothingConverted(options, []);
  }
  const pathOf = await openImageFolder(options.images);
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
    damaged: options.damaged ?? 'skip',
    crowds: options.crowds ?? 'draw',
    signal: options.signal,
  };
  const annotationsOf = groupByImage(coco.annotations);
  const results = new Array<CaseResult>(planned.length);
  await forEachConcurrently(
    planned,
    async (entry, index) => {
      results[index] = await convertCase(entry, annotationsOf.get(entry.image.id) ?? [], context);
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
  const { labels, regionsClassOrder } = labelPlan;
  await writeDatasetJson(join(folder, 'dataset.json'), {
    channel_names: { '0': channelName },
    labels,
    regions_class_order: regionsClassOrder,
    numTraining: cases.filter(({ set }) => set === 'train').length,
    file_ending: fileEnding,
  });
  return {
    folder,
    cases,
    skipped,
    salvaged: results.flatMap(({ salvaged }) => salvaged ?? []),
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
