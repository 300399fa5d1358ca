import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { checkArguments, describeValue, rule } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { readCsv } from '../load/read-csv.js';
import { isObject, readJson } from '../load/read-json.js';
import { readText } from '../load/read-text.js';

/** What columns are called that name an image, and a part of a split. */
const fileColumns = ['file', 'image_id', 'image', 'file_name', 'filename', 'id', 'case'] as const;
const partColumns = ['part', 'split', 'set', 'subset', 'fold'] as const;

/** Files by part, as somebody else listed them: a file may be unknown, or in two parts. */
export interface GivenSplit {
  name: string;
  parts: Record<string, string[]>;
}

export interface ReadAnySplitOptions {
  /** The images of the data set, for lists that leave out folder or extension. */
  records: readonly { id: string; file: string }[];
  /** Which image became which case, for nnU-Net's splits_final.json. */
  cases?: ReadonlyMap<string, string>;
}

/**
 * Reads a split that any tool wrote, to look at it for leaks. Taken are JSON objects of lists by part, alone or under
 * `parts`; nnU-Net's `splits_final.json`, one split a fold; CSV tables with a column for the image and one for the part;
 * and folders of lists (`train.csv`, `valid.txt`), one image a line, as FracAtlas has them.
 *
 * @throws {@link FracatlasLoaderError} `split-invalid`, `file-missing`, `json-invalid`, `csv-invalid`.
 */
export async function readAnySplit(path: string, options: ReadAnySplitOptions): Promise<GivenSplit[]> {
  checkArguments({ path, options }, { path: rule.text, options: readAnySplitOptionsRule }, FracatlasLoaderError);
  const fileOf = nameFinder(options);
  const name = basename(path, extname(path));
  return (await partsAt(path)).map(({ fold, parts }) => ({
    name: fold === undefined ? name : `${name} fold ${fold}`,
    parts: Object.fromEntries(Object.entries(parts).map(([part, files]) => [part, files.map(fileOf)])),
  }));
}

interface Listed {
  fold?: number;
  parts: Record<string, string[]>;
}

async function partsAt(path: string): Promise<Listed[]> {
  const ending = extname(path).toLowerCase();
  if (ending === '.json') {
    return partsOfJson(await readJson(path, 'The split'), path);
  }
  if (ending === '.csv') {
    return [{ parts: await partsOfTable(path) }];
  }
  return [{ parts: await partsOfFolder(path) }];
}

function partsOfJson(value: unknown, path: string): Listed[] {
  if (Array.isArray(value)) {
    return value.map((fold, i) => ({ fold: i, parts: listsOf(fold, path) }));
  }
  return [{ parts: listsOf(isObject(value) && isObject(value.parts) ? value.parts : value, path) }];
}

function listsOf(value: unknown, path: string): Record<string, string[]> {
  if (!isObject(value)) {
    return reject(path, `it holds ${describeValue(value)} where lists by part belong`);
  }
  const lists = Object.entries(value).map(([part, files]): [string, string[]] => {
    const texts = Array.isArray(files) && files.every((file) => typeof file === 'string');
    return [part, texts ? files : reject(path, `part ${part} is ${describeValue(files)}`)];
  });
  return Object.fromEntries(lists);
}

async function partsOfTable(path: string): Promise<Record<string, string[]>> {
  const rows = await readCsv<string>(path, { what: 'The split', columns: [] });
  const found = Object.keys(rows[0] ?? {});
  const column = (names: readonly string[]) => found.find((key) => names.includes(key.toLowerCase()));
  const [file, part] = [column(fileColumns), column(partColumns)];
  if (file === undefined || part === undefined) {
    return reject(
      path,
      `its columns are ${found.join(', ') || 'none'}; one for the image and one for the part are needed`,
    );
  }
  const groups = groupBy(rows, (row) => row[part]);
  return Object.fromEntries([...groups].map(([name, list]) => [name, list.map((row) => row[file])]));
}

async function partsOfFolder(path: string): Promise<Record<string, string[]>> {
  const names = await readdir(path).catch(() => reject(path, 'it is neither JSON, nor CSV, nor a folder'));
  const lists = names.filter((name) => /\.(csv|txt)$/i.test(name)).sort();
  if (lists.length === 0) {
    reject(path, 'it holds no list (.csv or .txt)');
  }
  const parts = lists.map(async (list): Promise<[string, string[]]> => {
    const lines = (await readText(join(path, list), 'The split list')).split(/\r?\n/).map((line) => line.trim());
    const isHeading = (line: string, i: number) =>
      i === 0 && fileColumns.some((column) => column === line.toLowerCase());
    return [basename(list, extname(list)), lines.filter((line, i) => line !== '' && !isHeading(line, i))];
  });
  return Object.fromEntries(await Promise.all(parts));
}

/** From a name in a list to the file of a record; names that lead nowhere stay as they are. */
function nameFinder({ records, cases = new Map() }: ReadAnySplitOptions): (name: string) => string {
  const known = new Map<string, string>();
  for (const { id, file } of records) {
    for (const name of [basename(file, extname(file)), basename(file), id]) {
      if (!known.has(name)) {
        known.set(name, file);
      }
    }
  }
  for (const { file } of records) {
    known.set(file, file);
  }
  return (name) => known.get(cases.get(name) ?? name) ?? known.get(basename(cases.get(name) ?? name)) ?? name;
}

function reject(path: string, what: string): never {
  throw new FracatlasLoaderError(`${path} is not a split: ${what}.`, {
    code: 'split-invalid',
    remedy: 'Give lists of image files by part: JSON, a CSV table, splits_final.json or a folder of lists.',
  });
}

/** What {@link ReadAnySplitOptions} must be. */
export const readAnySplitOptionsRule = rule.fields({
  records: rule.listOf(rule.fields({ id: rule.anyText, file: rule.text })),
  cases: rule.optional(rule.map),
});
