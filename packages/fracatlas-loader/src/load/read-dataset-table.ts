import { bodyParts, views, type BodyPart, type View } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { readCsv } from './read-csv.js';

const flags = ['hand', 'leg', 'hip', 'shoulder', 'mixed', 'hardware', 'multiscan', 'fractured'] as const;
export const tableColumns = ['image_id', ...flags, 'fracture_count', ...views] as const;

export interface TableRow {
  file: string;
  bodyParts: BodyPart[];
  views: View[];
  mixed: boolean;
  hardware: boolean;
  multiscan: boolean;
  fractured: boolean;
  fractureCount: number;
}

/** Reads FracAtlas' dataset.csv: one row an image, 0 or 1 in every column but the count. */
export async function readDatasetTable(path: string): Promise<TableRow[]> {
  const rows = await readCsv(path, { what: 'The table', columns: tableColumns });
  return rows.map((row, i) => {
    const flag = (column: (typeof flags)[number] | View): boolean => {
      if (row[column] !== '0' && row[column] !== '1') {
        reject(path, i, row.image_id, column, row[column], '0 or 1');
      }
      return row[column] === '1';
    };
    if (!/^\d+$/.test(row.fracture_count)) {
      reject(path, i, row.image_id, 'fracture_count', row.fracture_count, 'a whole number');
    }
    return {
      file: row.image_id,
      bodyParts: bodyParts.filter((part) => flag(part)),
      views: views.filter((view) => flag(view)),
      mixed: flag('mixed'),
      hardware: flag('hardware'),
      multiscan: flag('multiscan'),
      fractured: flag('fractured'),
      fractureCount: Number(row.fracture_count),
    };
  });
}

function reject(path: string, row: number, file: string, column: string, value: string, expected: string): never {
  throw new FracatlasLoaderError(
    `${path}: row ${row + 2} (${file || 'no image_id'}) has "${value}" in column ${column}; expected ${expected}.`,
    { code: 'table-invalid', remedy: 'Correct the row, or restore the table from the original archive.' },
  );
}
