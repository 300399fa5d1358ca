import { checkArguments, rule } from '@fractura/errors';
import { forEachConcurrently, type TaskOptions } from '@fractura/concurrency';
import { encodeJpeg, readThumbnail } from '@fractura/radiograph';
import { type Atlas, atlasRecordRule } from '../atlas.js';
import type { AtlasAudit } from '../audit/audit-atlas.js';
import { type DuplicatePair, duplicatePairRule } from '../audit/find-duplicates.js';
import { FracatlasLoaderError } from '../errors.js';

/** Pixels of a thumbnail's longer side: enough to know a film again. */
const longerSide = 200;
const jpegQuality = 60;
/** Pairs that a page shows when not told otherwise; each takes about 10 kB. */
const maxPairs = 60;

/** Pairs to judge by eye, and a small picture of each of their images. */
export interface DuplicateThumbnails {
  /** Pairs with both labels first, otherwise in the order of the audit. */
  pairs: DuplicatePair[];
  /** JPEG as a data URI by file name; an image of which nothing decodes has none. */
  pictures: ReadonlyMap<string, string>;
  /** File names of images with a fracture. */
  fractured: ReadonlySet<string>;
}

/**
 * Small upright pictures of the duplicates that an audit found, for {@link renderAuditPage} to show side by side.
 *
 * @param options `most` pairs (default 60); images are read and decoded again.
 */
export async function duplicateThumbnails(
  atlas: Pick<Atlas, 'records'>,
  given: Pick<AtlasAudit, 'duplicatePairs'>,
  all: TaskOptions & { most?: number } = {},
): Promise<DuplicateThumbnails> {
  checkArguments({ atlas, given, all }, duplicateThumbnailsArguments, FracatlasLoaderError);
  const { records } = atlas;
  const { duplicatePairs } = given;
  const { most = maxPairs, ...options } = all;
  const fractured = new Set(records.filter((record) => record.fractured).map(({ file }) => file));
  const contradicts = ({ files: [a, b] }: DuplicatePair) => fractured.has(a) !== fractured.has(b);
  const ordered = [...duplicatePairs].sort((a, b) => Number(contradicts(b)) - Number(contradicts(a)));
  const pairs = ordered.slice(0, most);
  const shown = new Set(pairs.flatMap(({ files }) => files));
  const pictures = new Map<string, string>();
  await forEachConcurrently(
    records.filter(({ file }) => shown.has(file)),
    async ({ file, path }) => {
      const picture = await pictureOf(path).catch(() => undefined);
      if (picture !== undefined) {
        pictures.set(file, picture);
      }
    },
    { concurrency: 3, weigh: ({ width, height }) => width * height, ...options },
  );
  return { pairs, pictures, fractured };
}

async function pictureOf(path: string): Promise<string | undefined> {
  const { image } = await readThumbnail(path, { side: longerSide, fit: 'inside' });
  if (!image) {
    return undefined;
  }
  const jpeg = await encodeJpeg(image, { quality: jpegQuality });
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

/** What {@link DuplicateThumbnails} must be. */
export const duplicateThumbnailsRule = rule.fields({
  pairs: rule.listOf(duplicatePairRule),
  pictures: rule.map,
  fractured: rule.iterable,
});

const duplicateThumbnailsArguments = {
  atlas: rule.fields({ records: rule.listOf(atlasRecordRule) }),
  given: rule.fields({ duplicatePairs: rule.listOf(duplicatePairRule) }),
  all: rule.fields({
    onProgress: rule.optional(rule.callback),
    signal: rule.optional(rule.signal),
    most: rule.optional(rule.number({ from: 0, to: Infinity })),
  }),
};
