import { checkArguments, rule } from '@fractura/errors';
import { type Atlas, type AtlasRecord, atlasRecordRule, bodyParts, views } from '../atlas.js';
import { groupBy } from '../group-by.js';
import { summarise, type Summary, summaryRule } from './summary.js';
import { FracatlasLoaderError } from '../errors.js';

/** How many images of each label. */
export interface LabelCount {
  name: string;
  fractured: number;
  normal: number;
}

/** What an atlas holds; plain data, ready for JSON. */
export interface AtlasExploration {
  images: number;
  fractured: number;
  normal: number;
  annotations: number;
  categories: { id: number; name: string; annotations: number }[];
  /** An image with two body parts counts for both; `not stated` where it has none. */
  bodyParts: LabelCount[];
  views: LabelCount[];
  hardware: LabelCount[];
  multiscan: LabelCount[];
  /** By EXIF orientation, 1 to 8. */
  orientations: LabelCount[];
  channels: LabelCount[];
  /** By `width x height` of the upright image in pixels, the most frequent first. */
  sizes: LabelCount[];
  /** Pixels of the upright image. */
  width: Summary;
  height: Summary;
  /** Bytes of the files. */
  bytes: Summary;
  /** Images with a fracture by their number of outlines. */
  annotationsPerImage: { annotations: number; images: number }[];
  /** Areas of the outlines: in pixels, and as a share of the image. */
  maskArea: Summary;
  maskShare: Summary;
  /** Outlines by the share of the image that they take: `[from, to)` in quarters of a decade. */
  maskShareHistogram: { from: number; to: number; count: number }[];
  /** Sides of the outlines' boxes as a share of the image's. */
  boxWidth: Summary;
  boxHeight: Summary;
  /** Where the centres of the boxes lie: `[row][column]` counts on a 16 x 16 grid over the upright image. */
  positions: number[][];
}

const gridSide = 16;
const histogramSteps = { perDecade: 4, leastDecade: -5 };

/** Counts what an atlas holds: no file is opened. */
export function exploreAtlas(atlas: Pick<Atlas, 'records' | 'categories'>): AtlasExploration {
  checkArguments({ atlas }, exploreAtlasArguments, FracatlasLoaderError);
  const { records, categories } = atlas;
  const outlined = records.flatMap((record) => record.annotations.map((annotation) => ({ record, annotation })));
  const drawn = outlined.filter(({ annotation }) => annotation.flaw === undefined);
  const shares = drawn.map(({ record, annotation }) => annotation.areaPixels / (record.width * record.height));
  const perImage = groupBy(
    records.filter(({ fractured }) => fractured),
    ({ annotations }) => annotations.length,
  );
  return {
    images: records.length,
    ...countLabels(records),
    annotations: outlined.length,
    categories: categories.map(({ id, name }) => ({
      id,
      name,
      annotations: outlined.filter(({ annotation }) => annotation.categoryId === id).length,
    })),
    bodyParts: countBy(records, (record) => orNotStated(record.bodyParts), [...bodyParts]),
    views: countBy(records, (record) => orNotStated(record.views), [...views]),
    hardware: countBy(records, ({ hardware }) => [hardware ? 'with' : 'without'], ['with', 'without']),
    multiscan: countBy(records, ({ multiscan }) => [multiscan ? 'several films' : 'one film'], [
      'one film',
      'several films',
    ]),
    orientations: sorted(countBy(records, ({ orientation }) => [String(orientation)])),
    channels: sorted(countBy(records, ({ channels }) => [String(channels)])),
    sizes: countBy(records, ({ width, height }) => [`${width}x${height}`]).sort(
      (a, b) => b.fractured + b.normal - a.fractured - a.normal || (a.name < b.name ? -1 : 1),
    ),
    width: summarise(records.map(({ width }) => width)),
    height: summarise(records.map(({ height }) => height)),
    bytes: summarise(records.map(({ bytes }) => bytes)),
    annotationsPerImage: [...perImage]
      .map(([annotations, list]) => ({ annotations, images: list.length }))
      .sort((a, b) => a.annotations - b.annotations),
    maskArea: summarise(drawn.map(({ annotation }) => annotation.areaPixels)),
    maskShare: summarise(shares),
    maskShareHistogram: histogramOf(shares),
    boxWidth: summarise(drawn.map(({ record, annotation }) => annotation.box[2] / record.width)),
    boxHeight: summarise(drawn.map(({ record, annotation }) => annotation.box[3] / record.height)),
    positions: gridOf(
      drawn.map(({ record: { width, height }, annotation: { box } }) => ({
        x: (box[0] + box[2] / 2) / width,
        y: (box[1] + box[3] / 2) / height,
      })),
    ),
  };
}

function countLabels(records: readonly AtlasRecord[]): { fractured: number; normal: number } {
  const fractured = records.filter((record) => record.fractured).length;
  return { fractured, normal: records.length - fractured };
}

function countBy(
  records: readonly AtlasRecord[],
  namesOf: (record: AtlasRecord) => readonly string[],
  always: readonly string[] = [],
): LabelCount[] {
  const groups = new Map<string, AtlasRecord[]>(always.map((name) => [name, []]));
  for (const record of records) {
    for (const name of namesOf(record)) {
      const group = groups.get(name);
      if (group) {
        group.push(record);
      } else {
        groups.set(name, [record]);
      }
    }
  }
  return [...groups].map(([name, list]) => ({ name, ...countLabels(list) }));
}

function orNotStated(names: readonly string[]): readonly string[] {
  return names.length > 0 ? names : ['not stated'];
}

function sorted(counts: LabelCount[]): LabelCount[] {
  return counts.sort((a, b) => Number(a.name) - Number(b.name));
}

/** Quarters of decades from 0.00001 to 1; smaller and larger shares go to the ends. */
function histogramOf(shares: readonly number[]): AtlasExploration['maskShareHistogram'] {
  const { perDecade, leastDecade } = histogramSteps;
  const bins = -leastDecade * perDecade;
  const edge = (i: number) => Number((10 ** (leastDecade + i / perDecade)).toPrecision(4));
  const counts = new Array<number>(bins).fill(0);
  for (const share of shares) {
    const bin = share > 0 ? Math.floor((Math.log10(share) - leastDecade) * perDecade) : 0;
    counts[Math.min(Math.max(bin, 0), bins - 1)] += 1;
  }
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }));
}

function gridOf(places: readonly { x: number; y: number }[]): number[][] {
  const grid = Array.from({ length: gridSide }, () => new Array<number>(gridSide).fill(0));
  const cell = (share: number) => Math.min(Math.max(Math.floor(share * gridSide), 0), gridSide - 1);
  for (const { x, y } of places) {
    grid[cell(y)][cell(x)] += 1;
  }
  return grid;
}

/** What {@link LabelCount} must be. */
export const labelCountRule = rule.fields({ name: rule.text, fractured: rule.anyNumber, normal: rule.anyNumber });

/** What {@link AtlasExploration} must be. */
export const atlasExplorationRule = rule.fields({
  images: rule.anyNumber,
  fractured: rule.anyNumber,
  normal: rule.anyNumber,
  annotations: rule.anyNumber,
  categories: rule.listOf(rule.fields({ id: rule.anyNumber, name: rule.text, annotations: rule.anyNumber })),
  bodyParts: rule.listOf(labelCountRule),
  views: rule.listOf(labelCountRule),
  hardware: rule.listOf(labelCountRule),
  multiscan: rule.listOf(labelCountRule),
  orientations: rule.listOf(labelCountRule),
  channels: rule.listOf(labelCountRule),
  sizes: rule.listOf(labelCountRule),
  width: summaryRule,
  height: summaryRule,
  bytes: summaryRule,
  annotationsPerImage: rule.listOf(rule.fields({ annotations: rule.anyNumber, images: rule.anyNumber })),
  maskArea: summaryRule,
  maskShare: summaryRule,
  maskShareHistogram: rule.listOf(rule.fields({ from: rule.anyNumber, to: rule.anyNumber, count: rule.anyNumber })),
  boxWidth: summaryRule,
  boxHeight: summaryRule,
  positions: rule.listOf(rule.listOf(rule.anyNumber)),
});

const exploreAtlasArguments = {
  atlas: rule.fields({
    records: rule.listOf(atlasRecordRule),
    categories: rule.listOf(rule.fields({ id: rule.anyNumber, name: rule.text })),
  }),
};
