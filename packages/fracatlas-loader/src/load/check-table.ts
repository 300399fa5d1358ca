import type { AtlasConflict, AtlasRecord } from '../atlas.js';
import type { TableRow } from './read-dataset-table.js';

/** Sets dataset.csv against the image's folder and its annotations; the folder decides the label. */
export function checkTable(record: AtlasRecord, rows: readonly TableRow[]): AtlasConflict[] {
  const { file, fractured, annotations } = record;
  const folder = fractured ? 'Fractured' : 'Non_fractured';
  const conflicts: AtlasConflict[] = [];
  const add = (kind: AtlasConflict['kind'], sentence: string) => conflicts.push({ kind, file, sentence });
  const row = rows[0];
  if (!row) {
    add('image-without-row', `${file} lies in ${folder} and has no row in dataset.csv.`);
  } else {
    if (rows.length > 1) {
      add('table-duplicate-row', `${file} has ${rows.length} rows in dataset.csv; the first counts.`);
    }
    if (row.fractured !== fractured) {
      add(
        'table-folder',
        `dataset.csv says fractured = ${Number(row.fractured)} for ${file}, which lies in ${folder}.`,
      );
    }
    if (row.fractureCount !== annotations.length) {
      add('table-count', `dataset.csv counts ${row.fractureCount} fractures in ${file}, COCO ${annotations.length}.`);
    }
    if (!row.mixed && row.bodyParts.length > 1) {
      add('table-mixed', `dataset.csv marks ${row.bodyParts.join(' and ')} for ${file} but not mixed.`);
    }
  }
  if (fractured !== annotations.length > 0) {
    add('folder-coco', `${file} lies in ${folder} and has ${annotations.length} COCO annotations.`);
  }
  return conflicts;
}
