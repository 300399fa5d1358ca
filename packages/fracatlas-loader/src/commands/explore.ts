import { makeFolder, refuseOverwrite, writeFileBeside } from '@fractura/array-files';
import { defineCommand, UsageError } from '@fractura/command-line';
import { join } from 'node:path';
import type { Atlas } from '../atlas.js';
import { auditAtlas, type AtlasAudit } from '../audit/audit-atlas.js';
import { loadCocoFolder } from '../load/load-coco-folder.js';
import { loadFracAtlas } from '../load/load-fracatlas.js';
import { duplicateThumbnails } from '../page/duplicate-thumbnails.js';
import { renderAuditPage } from '../page/render-audit-page.js';
import { readAnySplit } from '../splits/read-any-split.js';
import { readCases } from '../splits/read-cases.js';
import { exploreAtlas } from '../explore/explore-atlas.js';
import { headings } from './headings.js';

/** `fractura explore`: what a data set holds and what is wrong with it. */
export const exploreCommand = defineCommand({
  ...headings.explore,
  positionals: {},
  options: {
    data: { kind: 'string', describe: 'FracAtlas folder' },
    images: { kind: 'string', describe: 'folder of the images, where it is not FracAtlas' },
    annotations: { kind: 'string', describe: 'COCO instance file (JSON) for --images' },
    out: { kind: 'string', alias: 'o', describe: 'where audit.json and audit.html go', required: true },
    split: {
      kind: 'strings',
      describe: 'splits to check for leaks: JSON, CSV, splits_final.json, a folder of lists',
    },
    mapping: { kind: 'string', describe: "which image became which case (convert's --mapping), for splits_final.json" },
  },
  examples: [
    ['--data FracAtlas --out audit', 'writes audit/audit.json and audit/audit.html'],
    ['--images film --annotations film.json --out audit', 'does the same for any COCO folder'],
  ],
  run: async (values, { print, note, progress, signal, json }) => {
    const { data, images, annotations, out } = values;
    const outputs = { json: join(out, 'audit.json'), page: join(out, 'audit.html') };
    await refuseOverwrite({
      inputs: [annotations, values.mapping, ...(values.split ?? [])],
      outputs: [outputs.json, outputs.page],
    });
    const reading = progress('Reading');
    const cases = values.mapping === undefined ? undefined : await readCases(values.mapping);
    const atlas = await loadData(
      { data, images, annotations },
      { signal, unreadable: 'skip', onProgress: reading.update },
    );
    reading.finish();
    const read = (values.split ?? []).map((path) => readAnySplit(path, { records: atlas.records, cases }));
    const given = (await Promise.all(read)).flat();
    const splits = Object.fromEntries(given.map((split) => [split.name, split]));
    await makeFolder(out);
    const decoding = progress('Decoding');
    const audit = await auditAtlas(atlas, { splits, signal, onProgress: decoding.update });
    decoding.finish();
    const exploration = exploreAtlas(atlas);
    const thumbnails = await duplicateThumbnails(atlas, audit, { signal });
    const written = { links: 'replace' } as const;
    await writeFileBeside(outputs.json, `${JSON.stringify({ audit, exploration }, undefined, 2)}\n`, written);
    await writeFileBeside(outputs.page, renderAuditPage(audit, exploration, { thumbnails }), written);
    if (json) {
      print({ audit, exploration });
    } else {
      for (const line of remarks(audit)) {
        note(line);
      }
      print(outputs.page);
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
  if (data !== undefined && images === undefined && annotations === undefined) {
    return loadFracAtlas(data, options);
  }
  if (data === undefined && images !== undefined && annotations !== undefined) {
    return loadCocoFolder({ images, annotations, ...options });
  }
  throw new UsageError('It is not clear which data to explore.', {
    remedy: 'Give --data for a FracAtlas folder, or --images and --annotations for a COCO folder.',
  });
}

function* remarks({ findings, images, fractured, normal }: AtlasAudit): Generator<string> {
  yield `${images} images, ${fractured} with a fracture and ${normal} without.`;
  for (const { severity, title, count } of findings) {
    yield `${severity}: ${title}: ${count}`;
  }
}
