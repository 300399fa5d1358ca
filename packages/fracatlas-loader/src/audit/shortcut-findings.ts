import type { AtlasRecord } from '../atlas.js';
import { groupBy } from '../group-by.js';
import { chanceOf } from './chance.js';
import { findingOf, type Finding } from './finding.js';

/** Rarer by chance than this, and this far from the share of fractures in the whole set, is called a shortcut. */
const rare = 0.001;
const farApart = 0.2;

/** A property of the file, not of the bone, that some images have. */
interface Mark {
  code: string;
  what: string;
  files: ReadonlySet<string>;
}

/**
 * Properties of files that give the label away: of the images that share one, far more or far fewer have a fracture than
 * in the whole set. A classifier that sees them need not look at the bone. Damage on one side only is always told.
 */
export function shortcutFindings(records: readonly AtlasRecord[], damaged: ReadonlySet<string>): Finding[] {
  const labelled = records.filter(({ fractured }) => fractured).length;
  const total = records.length;
  return marksOf(records, damaged).flatMap(({ code, what, files }) => {
    const having = records.filter(({ file }) => files.has(file));
    const found = having.filter(({ fractured }) => fractured).length;
    const drawn = having.length;
    if (drawn === total || labelled === 0 || labelled === total) {
      return [];
    }
    const chance = chanceOf({ drawn, found }, { labelled, total });
    const isRare = chance < rare && Math.abs(found / drawn - labelled / total) >= farApart;
    const oneSided = code === 'damage' && drawn > 1 && (found === 0 || found === drawn);
    if (!isRare && !oneSided) {
      return [];
    }
    const share = found === 0 ? 'None' : found === drawn ? 'All' : `${found}`;
    return findingOf(
      {
        code: `shortcut-${code}`,
        severity: isRare ? 'warning' : 'note',
        title: `${share} of the ${drawn} ${what} ${share === '1' ? 'has' : 'have'} a fracture`,
        explanation:
          `In the whole set ${labelled} of ${total} have one; as uneven a share comes by chance with a probability of ` +
          `${chance.toPrecision(1)}. A classifier can learn this instead of fractures: balance it between the labels, or leave these images out.`,
      },
      having.map(({ file }) => [file]),
    );
  });
}

function marksOf(records: readonly AtlasRecord[], damaged: ReadonlySet<string>): Mark[] {
  return [
    { code: 'damage', what: 'damaged files', files: damaged },
    ...marksBy(records, 'orientation', ({ orientation }) => (orientation === 1 ? undefined : 'images turned by EXIF')),
    ...marksBy(records, 'channels', ({ channels }) => `images of ${channels} channel${channels === 1 ? '' : 's'}`),
    ...marksBy(records, 'size', ({ width, height }) => `images of ${width}x${height} pixels`),
    ...marksBy(records, 'hardware', ({ hardware }) => (hardware ? 'images with hardware' : undefined)),
    ...marksBy(records, 'format', ({ file }) => `files named ${/\.[^.]*$/.exec(file)?.[0] ?? 'without an extension'}`),
  ];
}

function marksBy(
  records: readonly AtlasRecord[],
  code: string,
  markOf: (record: AtlasRecord) => string | undefined,
): Mark[] {
  return [...groupBy(records, markOf)].flatMap(([what, list]) =>
    what === undefined ? [] : [{ code, what, files: new Set(list.map(({ file }) => file)) }],
  );
}
