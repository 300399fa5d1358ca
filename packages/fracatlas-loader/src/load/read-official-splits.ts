import { join } from 'node:path';
import type { AtlasConflict, OfficialSplit } from '../atlas.js';
import { officialSplits } from './layout.js';
import { listFolder } from './list-folder.js';
import { readCsv } from './read-csv.js';

export interface OfficialSplits {
  byFile: Map<string, OfficialSplit>;
  found: OfficialSplit[];
  conflicts: AtlasConflict[];
}

/** Reads train.csv, valid.csv and test.csv, which list fractured images; what contradicts the folders is listed. */
export async function readOfficialSplits(
  folder: string,
  images: ReadonlyMap<string, { fractured: boolean }>,
): Promise<OfficialSplits> {
  const names = new Set(await listFolder(folder));
  const byFile = new Map<string, OfficialSplit>();
  const found: OfficialSplit[] = [];
  const conflicts: AtlasConflict[] = [];
  const add = (kind: AtlasConflict['kind'], file: string, sentence: string) => conflicts.push({ kind, file, sentence });
  for (const split of officialSplits) {
    const name = `${split}.csv`;
    if (!names.has(name)) {
      continue;
    }
    found.push(split);
    const rows = await readCsv(join(folder, name), { what: 'The split list', columns: ['image_id'] });
    for (const { image_id: file } of rows) {
      const image = images.get(file);
      const other = byFile.get(file);
      if (!image) {
        add('split-unknown-image', file, `${name} lists ${file}, which is not in the atlas.`);
      } else if (other) {
        add('split-overlap', file, `${name} lists ${file}, which ${other}.csv lists too; ${other} counts.`);
      } else {
        byFile.set(file, split);
        if (!image.fractured) {
          add('split-unfractured', file, `${name} lists ${file}, which lies in Non_fractured.`);
        }
      }
    }
  }
  if (found.length > 0) {
    for (const [file, { fractured }] of images) {
      if (fractured && !byFile.has(file)) {
        add('split-missing', file, `No split list holds ${file}.`);
      }
    }
  }
  return { byFile, found, conflicts };
}
