import { join } from 'node:path';
import { checkOptions, rule } from '@fractura/errors';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { forEachConcurrently, type TaskOptions } from '@fractura/concurrency';
import { drawsFrom } from '@fractura/seeded-random';
import { FracatlasLoaderError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { atlasLayout } from '../load/layout.js';
import { encodeImage } from './encode-image.js';
import { makeFilmTexture } from './film-texture.js';
import { planAtlas, type AtlasPlan, type PlannedImage } from './plan-atlas.js';
import { renderRadiograph } from './render-radiograph.js';
import { drawScene } from './scene.js';
import { describeTruth, type SyntheticTruth } from './synthetic-truth.js';
import { writeTables, type WrittenImage } from './write-tables.js';

export interface SyntheticAtlasOptions extends TaskOptions {
  /** Made where it does not exist. */
  directory: string;
  /** How many fractured radiographs. */
  fractured?: number;
  /** How many without a fracture. */
  normal?: number;
  seed?: number;
  /** Width and height in pixels of most images; some lie on their side and some are twice as large. */
  size?: readonly [width: number, height: number];
}

/**
 * Makes a folder of synthetic radiographs in FracAtlas' layout, with all its tables and annotation formats and with the
 * quirks of the real archive planted; `truth.json` beside them lists each planted quirk.
 *
 * Bones are hollow cylinders in soft tissue, seen by Beer-Lambert's law; fractures are dark uneven gaps, often with a
 * moved fragment, outlined by polygons. The label is to be seen in the bone only: exposure, size, channels and metal are
 * drawn alike for both labels, apart from the planted shortcut that only radiographs without a fracture are cut short.
 * From about 25 images of each label on, every quirk is present.
 *
 * @returns The content of `truth.json`. The same options give the same files, byte for byte.
 * @throws {@link FracatlasLoaderError} `synthetic-options`.
 */
export async function makeSyntheticAtlas(options: SyntheticAtlasOptions): Promise<SyntheticTruth> {
  const {
    directory,
    fractured = 80,
    normal = 160,
    seed = 0,
    size = [373, 454],
    onProgress,
    signal,
  } = checkOptions(options, syntheticAtlasRule, FracatlasLoaderError);
  checkRanges({ fractured, normal, seed, size });
  const draws = drawsFrom(seed);
  const plan = planAtlas({ fractured, normal, size }, draws);
  const texture = makeFilmTexture(draws);
  const layout = atlasLayout(directory);
  await makeFolder(layout.fractured);
  await makeFolder(layout.normal);

  const { originals, copies } = separateCopies(plan);
  const written = new Map<string, WrittenImage & { content: Buffer }>();
  const write = async (image: PlannedImage, content: Buffer, outlines: number[][]) => {
    await writeFileBeside(join(image.fractured ? layout.fractured : layout.normal, image.file), content);
    written.set(image.file, { plan: image, bytes: content.length, outlines: image.fractured ? outlines : [], content });
  };
  await forEachConcurrently(
    originals,
    async (image) => {
      const scene = drawScene({ ...image, seed: image.sceneSeed });
      const film = renderRadiograph(scene, { seed: image.exposureSeed }, texture);
      await write(image, await encodeImage(film, image), scene.outlines);
    },
    { concurrency: 3, onProgress, signal },
  );
  for (const image of copies) {
    const { content, outlines } = written.get(image.copyOf!)!;
    await write(image, content, outlines);
  }
  const images = plan.images.map(({ file }) => written.get(file)!);
  await writeTables(directory, images);
  const truth = describeTruth({ seed, plan, images });
  await writeFileBeside(join(directory, 'truth.json'), `${JSON.stringify(truth, undefined, 2)}\n`);
  return truth;
}

function separateCopies({ images }: AtlasPlan): { originals: PlannedImage[]; copies: PlannedImage[] } {
  const groups = groupBy(images, ({ copyOf }) => copyOf !== undefined);
  return { originals: groups.get(false) ?? [], copies: groups.get(true) ?? [] };
}

function checkRanges({
  fractured,
  normal,
  seed,
  size: [width, height],
}: Required<Pick<SyntheticAtlasOptions, 'fractured' | 'normal' | 'seed' | 'size'>>) {
  const whole = (name: string, value: number, least: number, most: number) => {
    if (Number.isInteger(value) && value >= least && value <= most) {
      return;
    }
    throw new FracatlasLoaderError(`${name} is ${value}; expected a whole number from ${least} to ${most}.`, {
      code: 'synthetic-options',
      remedy: `Choose ${name} within that range.`,
    });
  };
  whole('fractured', fractured, 1, 100_000);
  whole('normal', normal, 1, 100_000);
  whole('seed', seed, 0, 2 ** 32 - 1);
  whole('width', width, 64, 8192);
  whole('height', height, 64, 8192);
}

/** What {@link SyntheticAtlasOptions} must be, beside the ranges of its numbers. */
const syntheticAtlasRule = rule.fields({
  directory: rule.text,
  fractured: rule.optional(rule.anyNumber),
  normal: rule.optional(rule.anyNumber),
  seed: rule.optional(rule.anyNumber),
  size: rule.optional(rule.listOf(rule.anyNumber, { lengths: [2] })),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
});
