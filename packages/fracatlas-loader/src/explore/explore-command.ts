import { defineCommand } from '@fractura/command-line';
import { mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Atlas } from '../atlas.js';
import { auditAtlas, type AtlasAudit } from '../audit/audit-atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { loadCocoFolder } from '../load/load-coco-folder.js';
import { loadFracAtlas } from '../load/load-fracatlas.js';
import { renderAuditPage } from '../page/render-audit-page.js';
import { readSplit } from '../splits/split-files.js';
import { exploreAtlas } from './explore-atlas.js';

/** `fractura explore`: what a data set holds and what is wrong with it. */
export const exploreCommand = defineCommand({
  name: 'explore',
  summary: 'Explores and audits a FracAtlas folder, or any images with a COCO file.',
  positionals: {},
  options: {
    data: { kind: 'string', describe: 'FracAtlas folder' },
    images: { kind: 'string', describe: 'folder of the images, where it is not FracAtlas' },
    annotations: { kind: 'string', describe: 'COCO instance file (JSON) for --images' },
    out: { kind: 'string', alias: 'o', describe: 'where audit.json and audit.html go', required: true },
    split: { kind: 'strings', describe: 'splits (JSON or CSV) to look at for leaks' },
  },
  examples: [
    ['--data FracAtlas --out audit', 'writes audit/audit.json and audit/audit.html'],
    ['--images film --annotations film.json --out audit', 'does the same for any COCO folder'],
  ],
  run: async (values, { print, note, progress, signal, json }) => {
    const { data, images, annotations, out } = values;
    const reading = progress('Reading');
    const atlas = await loadData(
      { data, images, annotations },
      { signal, unreadable: 'skip', onProgress: reading.update },
    );
    reading.finish();
    const splits = await readSplits(values.split ?? []);
    const decoding = progress('Decoding');
    const audit = await auditAtlas(atlas, { splits, signal, onProgress: decoding.update });
    decoding.finish();
    const exploration = exploreAtlas(atlas);
    await mkdir(out, { recursive: true });
    await writeFileAtomic(join(out, 'audit.json'), `${JSON.stringify({ audit, exploration }, undefined, 2)}\n`);
    await writeFileAtomic(join(out, 'audit.html'), renderAuditPage(audit, exploration));
    if (json) print({ audit, exploration });
    else {
      for (const line of remarks(audit)) note(line);
      print(join(out, 'audit.html'));
    }
  },
});

function loadData(
  {
    data,
    images,
    annotations,
  }: { data: string | undefined; images: string | undefined; annotations: string | undefined },
  options: Parameters<typeof loadFracAtlas>[1],
): Promise<Atlas> {
  if (data !== undefined && images === undefined && annotations === undefined) return loadFracAtlas(data, options);
  if (data === undefined && images !== undefined && annotations !== undefined) {
    return loadCocoFolder({ images, annotations, ...options });
  }
  throw new FracatlasLoaderError('It is not clear which data to explore.', {
    code: 'data-unclear',
    remedy: 'Give --data for a FracAtlas folder, or --images and --annotations for a COCO folder.',
  });
}

async function readSplits(paths: readonly string[]) {
  const read = paths.map(async (path) => [basename(path, extname(path)), await readSplit(path)] as const);
  return Object.fromEntries(await Promise.all(read));
}

function* remarks({ findings, images, fractured, normal }: AtlasAudit): Generator<string> {
  yield `${images} images, ${fractured} with a fracture and ${normal} without.`;
  for (const { severity, title, count } of findings) yield `${severity}: ${title}: ${count}`;
}
