import type { AtlasRecord } from '../atlas.js';
import { groupBy } from '../group-by.js';
import { chanceOfOneSide } from './chance.js';
import { findingOf, type Finding } from './finding.js';

/** Rarer by chance than this is called a shortcut. */
const rare = 0.01;

/** A property of the file, not of the bone, that an image may have. */
interface Mark {
  code: string;
  what: string;
  files: ReadonlySet<string>;
}

/**
 * Properties of files that give the label away: all files that share one have the same label, and chance would hardly do
 * that. A classifier that sees them need not look at the bone. Damage is always told when it is on one side only.
 */
export function shortcutFindings(
  records: readonly AtlasRecord[],
  { damaged, filled }: { damaged: ReadonlySet<string>; filled: ReadonlySet<string> },
): Finding[] {
  const total = {
    fractured: records.filter(({ fractured }) => fractured).length,
    normal: records.filter(({ fractured }) => !fractured).length,
  };
  if (total.fractured === 0 || total.normal === 0) return [];
  const marks: Mark[] = [
    { code: 'damage', what: 'damaged files', files: damaged },
    { code: 'filled', what: 'images with a blank lower part', files: filled },
    ...marksBy(records, 'orientation', ({ orientation }) => (orientation === 1 ? undefined : 'turned by EXIF')),
    ...marksBy(records, 'channels', ({ channels }) => `of ${channels} channel${channels === 1 ? '' : 's'}`),
    ...marksBy(records, 'size', ({ width, height }) => `of ${width}x${height} pixels`),
    ...marksBy(records, 'hardware', ({ hardware }) => (hardware ? 'with hardware' : undefined)),
    ...marksBy(records, 'extension', ({ file }) => `named ${/\.[^.]*$/.exec(file)?.[0] ?? 'without extension'}`),
  ];
  return marks.flatMap(({ code, what, files }) => {
    const having = records.filter(({ file }) => files.has(file));
    const fractured = having.filter((record) => record.fractured).length;
    if (having.length < 2 || having.length === records.length || (fractured > 0 && fractured < having.length))
      return [];
    const chance = chanceOfOneSide(having.length, total);
    if (chance >= rare && code !== 'damage') return [];
    const label = fractured > 0 ? 'with a fracture' : 'without a fracture';
    return findingOf(
      {
        code: `shortcut-${code}`,
        severity: chance < rare ? 'warning' : 'note',
        title: `All ${what} are ${label}`,
        explanation:
          `${having.length} of ${records.length} images; by chance they would share a label with probability ` +
          `${chance.toPrecision(1)}. A classifier can learn this instead of fractures: leave them out, or balance them.`,
      },
      having.map(({ file }) => [file]),
    );
  });
}

function marksBy(
  records: readonly AtlasRecord[],
  code: string,
  markOf: (record: AtlasRecord) => string | undefined,
): Mark[] {
  return [...groupBy(records, markOf)].flatMap(([what, list]) =>
    what === undefined ? [] : [{ code, what: `images ${what}`, files: new Set(list.map(({ file }) => file)) }],
  );
}
