import { readFile } from 'node:fs/promises';
import { CocoToNiftiError } from '../errors.js';
import { reasonOf } from '@fractura/errors';

/** `labels` of nnU-Net's dataset.json: names with a number each, or with a list of numbers for a region. */
export type DatasetLabels = Readonly<Record<string, number | readonly number[]>>;

/** Categories that stand for labels. */
export interface LabelCategories {
  /** Labels and regions but background and ignore, with the numbers in label maps; ids count from 1 in their order. */
  list: { id: number; name: string; numbers: ReadonlySet<number> }[];
  /** Every number that a label map may hold. */
  numbers: ReadonlySet<number>;
}

/** Takes the labels as they are, or reads them from a dataset.json. @throws CocoToNiftiError `labels-invalid` */
export async function readLabels(names: string | DatasetLabels): Promise<LabelCategories> {
  if (typeof names !== 'string') {
    return categoriesOf(names, 'The labels');
  }
  let value: unknown;
  try {
    value = JSON.parse(await readFile(names, 'utf8'));
  } catch (cause) {
    throw invalid(`${names} cannot be read: ${reasonOf(cause)}`, cause);
  }
  return categoriesOf((value as { labels?: unknown } | null)?.labels, names);
}

function categoriesOf(labels: unknown, where: string): LabelCategories {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) {
    throw invalid(`${where} has no object "labels"`);
  }
  const numbers = new Set([0]);
  const list: LabelCategories['list'] = [];
  for (const [name, value] of Object.entries(labels as Record<string, unknown>)) {
    const own = Array.isArray(value) ? (value as unknown[]) : [value];
    if (own.length === 0 || !own.every((number) => Number.isInteger(number) && (number as number) >= 0)) {
      throw invalid(`${where}: the label "${name}" is ${JSON.stringify(value)}, not an integer or a list of integers`);
    }
    for (const number of own as number[]) {
      numbers.add(number);
    }
    if (name === 'background' || name === 'ignore') {
      continue;
    }
    list.push({ id: list.length + 1, name, numbers: new Set(own as number[]) });
  }
  if (list.length === 0) {
    throw invalid(`${where} names no label but the background`);
  }
  return { list, numbers };
}

const invalid = (flaw: string, cause?: unknown) =>
  new CocoToNiftiError(`${flaw}.`, {
    code: 'labels-invalid',
    remedy: 'Give the dataset.json of the data set, or its labels such as { background: 0, fractured: 1 }.',
    cause,
  });
