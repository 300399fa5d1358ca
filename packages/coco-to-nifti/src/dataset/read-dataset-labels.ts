import { readDatasetJson, readImageConversion } from '@fractura/nnunet-format';
import type { ImageFit } from '@fractura/radiograph';
import { CocoToNiftiError } from '../errors.js';

/** `labels` of nnU-Net's dataset.json: names with a number each, or with a list of numbers for a region. */
export type DatasetLabels = Readonly<Record<string, number | readonly number[]>>;

/** Categories that stand for labels. */
export interface LabelCategories {
  /** Labels and regions but background and ignore, with the numbers in label maps; ids count from 1 in their order. */
  list: { id: number; name: string; numbers: ReadonlySet<number> }[];
  /** Every number that a label map may hold. */
  numbers: ReadonlySet<number>;
  /** How the images were brought to the size of the label maps, as far as is known. */
  fit: ImageFit;
}

/**
 * Takes the labels as they are, or reads them from a dataset.json.
 *
 * @throws CocoToNiftiError `labels-invalid`
 * @throws NnunetFormatError `dataset-json-missing`, `dataset-json-invalid`
 */
export async function readCategories(names: string | DatasetLabels): Promise<LabelCategories> {
  if (typeof names !== 'string') {
    return categoriesOf(names, 'The labels');
  }
  const datasetJson = await readDatasetJson(names);
  const { fit = 'stretch' } = readImageConversion(datasetJson) ?? {};
  return { ...categoriesOf(datasetJson.labels, names), fit };
}

function categoriesOf(labels: DatasetLabels, where: string): LabelCategories {
  const numbers = new Set([0]);
  const list: LabelCategories['list'] = [];
  for (const [name, value] of Object.entries(labels)) {
    const own = typeof value === 'number' ? [value] : value;
    if (own.length === 0 || !own.every((number) => Number.isInteger(number) && number >= 0)) {
      throw invalid(`${where}: the label "${name}" is ${JSON.stringify(value)}, not an integer or a list of integers`);
    }
    for (const number of own) {
      numbers.add(number);
    }
    if (name === 'background' || name === 'ignore') {
      continue;
    }
    list.push({ id: list.length + 1, name, numbers: new Set(own) });
  }
  if (list.length === 0) {
    throw invalid(`${where} names no label but the background`);
  }
  return { list, numbers, fit: 'stretch' };
}

const invalid = (what: string) =>
  new CocoToNiftiError(`${what}.`, {
    code: 'labels-invalid',
    remedy: 'Give the dataset.json of the data set, or its labels such as { background: 0, fractured: 1 }.',
  });
