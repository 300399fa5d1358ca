import { join } from 'node:path';
import { checkArguments, rule } from '@fractura/errors';
import { forEachConcurrently } from '@fractura/concurrency';
import { isImageName, type ImageHeader } from '@fractura/radiograph';
import type { Atlas, AtlasConflict, AtlasRecord, OfficialSplit } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { checkTable } from './check-table.js';
import { checkCocoShapes, checkStrays, checkVgg, checkVoc, checkYolo } from './cross-check.js';
import { atlasLayout, stemOf, type AtlasLayout } from './layout.js';
import { listFolder } from './list-folder.js';
import { indexCoco, type CocoIndex } from './index-coco.js';
import { readDatasetTable, type TableRow } from './read-dataset-table.js';
import { type LoadOptions, loadOptionsRule, readHeaders } from './read-headers.js';
import { readOfficialSplits } from './read-official-splits.js';
import { readVgg } from './read-vgg.js';

/**
 * Reads a folder in FracAtlas' layout: every table and annotation format, set against one another, and the header of
 * every image. No image is decoded; {@link auditAtlas} does that.
 *
 * The label of an image is the folder it lies in. Where dataset.csv or COCO say otherwise, the folder wins and the
 * contradiction is listed in `conflicts`, like every other one. dataset.csv and the COCO file are required; of VGG,
 * PASCAL VOC, YOLO and the split lists, `sources` says which were there.
 *
 * @param directory - The folder that holds `images`, `Annotations`, `Utilities` and `dataset.csv`.
 * @returns Records sorted by file name. Sizes and polygons are in pixels of the upright image (EXIF applied).
 * @throws {@link FracatlasLoaderError} `folder-missing`, `file-missing`, `json-invalid`, `json-unexpected`, `csv-invalid`,
 * `csv-columns`, `table-invalid`, `vgg-invalid`, `voc-invalid`, `yolo-invalid`, `image-missing`, `image-twice`.
 * @throws CocoError `file-missing`, `file-unreadable`, `json-invalid`, `coco-invalid`.
 * @throws RadiographError `image-unreadable`.
 * @see Abedeen et al., FracAtlas, Scientific Data 10, 521 (2023), section Data Records.
 */
export async function loadFracAtlas(directory: string, options: LoadOptions = {}): Promise<Atlas> {
  checkArguments({ directory, options }, { directory: rule.text, options: loadOptionsRule }, FracatlasLoaderError);
  const layout = atlasLayout(directory);
  const images = await listImages(directory, layout);
  const coco = await indexCoco(layout.coco);
  const rows = groupBy(await readDatasetTable(layout.table), ({ file }) => file);
  const missing = findMissing(images, [
    { source: 'dataset.csv', files: rows.keys() },
    { source: 'the COCO file', files: coco.files.keys() },
  ]);
  if (options.unreadable !== 'skip') {
    refuseMissing(missing);
  }
  const splits = await readOfficialSplits(layout.splits, images);

  const { readable, unreadable } = await readHeaders([...images.values()], options);
  const records = readable.map(({ image, header }) =>
    recordOf(image, { header, row: rows.get(image.file)?.[0], coco, splits: splits.byFile }),
  );
  const { found, conflicts } = await crossCheck(records, layout, options.signal);
  const leftOut = new Set([...unreadable.map(({ file }) => file), ...missing.keys()].map(stemOf));
  return {
    directory,
    records,
    categories: coco.categories,
    conflicts: [
      ...[...missing].map(([file, source]): AtlasConflict => ({
        kind: 'image-missing',
        file,
        sentence: `${source} lists ${file}, which is not there.`,
      })),
      ...unreadable,
      ...records.flatMap((record) => checkTable(record, rows.get(record.file) ?? [])),
      ...coco.conflicts,
      ...records.flatMap((record) => [...coco.checkSize(record), ...checkCocoShapes(record)]),
      ...conflicts.filter(({ file }) => !leftOut.has(stemOf(file))),
      ...splits.conflicts,
    ],
    sources: { table: true, coco: true, ...found, splits: splits.found },
  };
}

interface FolderImage {
  file: string;
  path: string;
  fractured: boolean;
}

async function listImages(directory: string, layout: AtlasLayout): Promise<Map<string, FolderImage>> {
  const images = new Map<string, FolderImage>();
  for (const [folder, fractured] of [
    [layout.fractured, true],
    [layout.normal, false],
  ] as const) {
    const files = await listFolder(folder);
    if (!files) {
      throw new FracatlasLoaderError(`${directory} is not a FracAtlas folder: ${folder} does not exist.`, {
        code: 'folder-missing',
        remedy: 'Give the folder that holds images, Annotations, Utilities and dataset.csv.',
      });
    }
    for (const file of files.filter(isImageName)) {
      if (images.has(file)) {
        throw new FracatlasLoaderError(`${file} lies both in images/Fractured and in images/Non_fractured.`, {
          code: 'image-twice',
          remedy: 'Delete the one that is wrong: the folder is the label.',
        });
      }
      images.set(file, { file, path: join(folder, file), fractured });
    }
  }
  return new Map([...images].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Files that a table lists and no folder holds, each once. */
function findMissing(
  images: ReadonlyMap<string, unknown>,
  listings: { source: string; files: Iterable<string> }[],
): Map<string, string> {
  const sourceOf = new Map<string, string>();
  for (const { source, files } of listings) {
    for (const file of files) {
      if (!images.has(file) && !sourceOf.has(file)) {
        sourceOf.set(file, source);
      }
    }
  }
  return sourceOf;
}

function refuseMissing(missing: ReadonlyMap<string, string>): void {
  for (const [file, source] of missing) {
    const more = missing.size > 1 ? ` and ${missing.size - 1} more` : '';
    throw new FracatlasLoaderError(`${source} lists ${file}${more}, but images/ does not hold it.`, {
      code: 'image-missing',
      remedy: 'Restore the images, or take them out of the tables.',
    });
  }
}

function recordOf(
  { file, path, fractured }: FolderImage,
  {
    header,
    row,
    coco,
    splits,
  }: { header: ImageHeader; row: TableRow | undefined; coco: CocoIndex; splits: ReadonlyMap<string, OfficialSplit> },
): AtlasRecord {
  const officialSplit = splits.get(file);
  return {
    id: stemOf(file),
    file,
    path,
    fractured,
    ...header,
    annotations: coco.files.get(file)?.annotations ?? [],
    bodyParts: row?.bodyParts ?? [],
    views: row?.views ?? [],
    hardware: row?.hardware ?? false,
    multiscan: row?.multiscan ?? false,
    fractureCount: row?.fractureCount ?? 0,
    officialSplit,
  };
}

async function crossCheck(
  records: readonly AtlasRecord[],
  layout: AtlasLayout,
  signal: AbortSignal | undefined,
): Promise<{ found: { vgg: boolean; voc: boolean; yolo: boolean }; conflicts: AtlasConflict[] }> {
  const vgg = (await listFolder(join(layout.vgg, '..')))?.length ? await readVgg(layout.vgg) : undefined;
  const [vocFiles, yoloFiles] = await Promise.all([listFolder(layout.voc), listFolder(layout.yolo)]);
  const conflicts = vgg ? checkVgg(records, vgg) : [];
  const known = new Set(records.map(({ id }) => id));
  const perRecord = new Array<AtlasConflict[]>(records.length);
  const vocNames = new Set(vocFiles);
  const yoloNames = new Set(yoloFiles);
  await forEachConcurrently(
    records,
    async (record, i) => {
      perRecord[i] = [
        ...(vocFiles ? await checkVoc(layout.voc, vocNames, record) : []),
        ...(yoloFiles ? await checkYolo(layout.yolo, yoloNames, record) : []),
      ];
    },
    { concurrency: 8, signal },
  );
  return {
    found: { vgg: vgg !== undefined, voc: vocFiles !== undefined, yolo: yoloFiles !== undefined },
    conflicts: [
      ...conflicts,
      ...perRecord.flat(),
      ...checkStrays('voc', vocNames, { extension: '.xml', known }),
      ...checkStrays('yolo', yoloNames, { extension: '.txt', known, ignore: 'labels.txt' }),
    ],
  };
}
