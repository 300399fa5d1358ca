import { dirname, extname } from 'node:path';
import { encodeCsv, makeFolder, writeFileBeside } from '@fractura/array-files';
import { checkArguments, describeValue, rule } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { readCsv } from '../load/read-csv.js';
import { isObject, readJsonObject } from '../load/read-json.js';
import { fingerprintOf } from './fingerprint.js';
import { type Split, type SplitRecord, splitRecordRule, splitRule } from './split.js';

const columns = ['file', 'part', 'method', 'seed', 'fingerprint'] as const;

/**
 * Writes a split as JSON (the object as it is) or as CSV (columns file, part, method, seed, fingerprint; one row a file),
 * by the extension of `path`. The folder is made where it does not exist.
 *
 * @throws {@link FracatlasLoaderError} `split-format`.
 */
export async function writeSplit(path: string, split: Split): Promise<void> {
  checkArguments({ path, split }, { path: rule.text, split: splitRule }, FracatlasLoaderError);
  const content = formatOf(path) === 'json' ? `${JSON.stringify(split, undefined, 2)}\n` : splitTable(split);
  await makeFolder(dirname(path));
  await writeFileBeside(path, content);
}

/**
 * Reads a split that {@link writeSplit} wrote. A part without files is kept in JSON and lost in CSV.
 *
 * @throws {@link FracatlasLoaderError} `split-format`, `split-invalid`, `file-missing`, `json-invalid`, `json-unexpected`,
 * `csv-invalid`, `csv-columns`.
 */
export async function readSplit(path: string): Promise<Split> {
  checkArguments({ path }, { path: rule.text }, FracatlasLoaderError);
  const split = formatOf(path) === 'json' ? await readSplitJson(path) : await readSplitTable(path);
  const seen = new Set<string>();
  for (const file of Object.values(split.parts).flat()) {
    if (seen.has(file)) {
      reject(path, `${file} is listed twice`);
    }
    seen.add(file);
  }
  return split;
}

/**
 * Makes sure that a split was made from these very files, labels and groups.
 *
 * @throws {@link FracatlasLoaderError} `split-stale`.
 */
export function checkSplit(
  split: Pick<Split, 'method' | 'fingerprint'>,
  records: readonly SplitRecord[],
  groups?: readonly (readonly string[])[],
): void {
  checkArguments({ split, records, groups }, checkSplitArguments, FracatlasLoaderError);
  const now = fingerprintOf(records, groups);
  if (now === split.fingerprint) {
    return;
  }
  throw new FracatlasLoaderError(
    `The ${split.method} split was made from other data: its fingerprint is ${split.fingerprint}, that of the data ${now}.`,
    { code: 'split-stale', remedy: 'Draw the split again, or restore the files, labels and groups it was made from.' },
  );
}

function formatOf(path: string): 'json' | 'csv' {
  const extension = extname(path).toLowerCase();
  if (extension === '.json' || extension === '.csv') {
    return extension === '.json' ? 'json' : 'csv';
  }
  throw new FracatlasLoaderError(`${path} is neither JSON nor CSV by its name.`, {
    code: 'split-format',
    remedy: 'Name the file .json or .csv.',
  });
}

function splitTable({ method, seed, fingerprint, parts }: Split): string {
  const rows = Object.entries(parts).flatMap(([part, files]) =>
    files.map((file) => [file, part, method, seed ?? '', fingerprint]),
  );
  return encodeCsv([columns, ...rows]);
}

async function readSplitTable(path: string): Promise<Split> {
  const rows = await readCsv(path, { what: 'The split', columns });
  if (rows.length === 0) {
    return reject(path, 'it lists no file');
  }
  const parts = new Map<string, string[]>();
  const { method, seed, fingerprint } = rows[0];
  for (const row of rows) {
    if (row.method !== method || row.seed !== seed || row.fingerprint !== fingerprint) {
      reject(path, `the row of ${row.file} belongs to another split`);
    }
    const files = parts.get(row.part);
    if (files) {
      files.push(row.file);
    } else {
      parts.set(row.part, [row.file]);
    }
  }
  if (seed !== '' && !Number.isInteger(Number(seed))) {
    reject(path, `the seed is "${seed}"`);
  }
  return splitOf({ method, fingerprint, parts: Object.fromEntries(parts) }, seed === '' ? undefined : Number(seed));
}

async function readSplitJson(path: string): Promise<Split> {
  const { method, seed, fingerprint, parts } = await readJsonObject(path, 'The split');
  if (typeof method !== 'string') {
    return reject(path, `method is ${describeValue(method)}`);
  }
  if (typeof fingerprint !== 'string') {
    return reject(path, `fingerprint is ${describeValue(fingerprint)}`);
  }
  if (seed !== undefined && typeof seed !== 'number') {
    return reject(path, `seed is ${describeValue(seed)}`);
  }
  if (!isObject(parts)) {
    return reject(path, `parts is ${describeValue(parts)}`);
  }
  const read = Object.entries(parts).map(([part, files]): [string, string[]] => {
    const texts = Array.isArray(files) && files.every((file) => typeof file === 'string');
    return [part, texts ? files : reject(path, `part ${part} is ${describeValue(files)}`)];
  });
  return splitOf({ method, fingerprint, parts: Object.fromEntries(read) }, seed);
}

/** A split that was not drawn at random has no seed, not even an undefined one. */
function splitOf({ method, ...rest }: Omit<Split, 'seed'>, seed: number | undefined): Split {
  return seed === undefined ? { method, ...rest } : { method, seed, ...rest };
}

function reject(path: string, what: string): never {
  throw new FracatlasLoaderError(`${path} is not a split: ${what}.`, {
    code: 'split-invalid',
    remedy: 'Restore the file that writeSplit made, or draw the split again.',
  });
}

const checkSplitArguments = {
  split: rule.fields({ method: rule.anyText, fingerprint: rule.anyText }),
  records: rule.listOf(splitRecordRule),
  groups: rule.optional(rule.listOf(rule.listOf(rule.anyText))),
};
