import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readLabels } from '@fractura/nnunet-format';
import { listFolder, type RawDataset } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';
import type { CaseExpectations } from './check-case.js';

/** Names in a message before it says how many more there are. */
const namesShown = 5;

/**
 * Checks a data set's dataset.json against the files that exist, without opening them.
 *
 * @returns what every case must fulfil.
 * @throws NnunetPlannerError `folder-missing`, `channel-suffix-missing`, `count-mismatch`, `images-missing`, `labels-missing`,
 *   `labels-invalid`.
 * @see nnU-Net: nnunetv2/experiment_planning/verify_dataset_integrity.py, verify_dataset_integrity
 */
export async function checkContents(dataset: RawDataset): Promise<CaseExpectations> {
  const { datasetJson, folder } = dataset;
  if (datasetJson.dataset) {
    checkCount(dataset, []);
    checkNamedFiles(dataset);
  } else {
    const images = await listFolder(join(folder, 'imagesTr'));
    const labels = await listFolder(join(folder, 'labelsTr'));
    checkImageNames(dataset, images);
    checkCount(dataset, images);
    checkLabels(dataset, new Set(labels));
  }
  const { allLabels, ignoreLabel } = readLabels(datasetJson);
  return {
    labels: ignoreLabel === undefined ? allLabels : [...allLabels, ignoreLabel],
    channels: Object.keys(datasetJson.channel_names).length,
  };
}

function checkImageNames({ folder, datasetJson: { file_ending: ending } }: RawDataset, names: readonly string[]): void {
  const odd = names.filter((name) => name.endsWith(ending) && !/_\d{4}$/.test(name.slice(0, -ending.length)));
  if (odd.length === 0) {
    return;
  }
  throw new NnunetPlannerError(`${join(folder, 'imagesTr')}: no channel in the names ${some(odd)}.`, {
    code: 'channel-suffix-missing',
    remedy: `Images are named CASE_0000${ending}, with four digits for the channel also where there is one only.`,
  });
}

function checkCount({ folder, datasetJson, cases }: RawDataset, names: readonly string[]): void {
  const { numTraining, file_ending: ending } = datasetJson;
  if (cases.length === numTraining) {
    return;
  }
  const others = new Map<string, number>();
  for (const name of names.filter((one) => !one.endsWith(ending))) {
    others.set(endingOf(name), (others.get(endingOf(name)) ?? 0) + 1);
  }
  const otherEndings = [...others].map(([other, count]) => `${count} files end in ${other}`).join(', ');
  throw new NnunetPlannerError(
    `${folder}: numTraining is ${numTraining}, but there are ${cases.length} cases with the file_ending ${ending}` +
      (cases.length > 0 ? `: ${some(cases.map(({ id }) => id))}` : '') +
      (otherEndings === '' ? '' : `; ${otherEndings}`) +
      '.',
    {
      code: 'count-mismatch',
      remedy:
        otherEndings === ''
          ? `Set numTraining to ${cases.length}, or add the cases that are missing.`
          : `Set file_ending to the ending of the files, or numTraining to ${cases.length}; images and labels have the same ending.`,
    },
  );
}

const endingOf = (name: string): string => (name.endsWith('.nii.gz') ? '.nii.gz' : extname(name) || name);

function checkNamedFiles({ folder, cases }: RawDataset): void {
  const missing = cases.flatMap(({ images, label }) => [...images, label]).filter((file) => !existsSync(file));
  if (missing.length === 0) {
    return;
  }
  throw new NnunetPlannerError(`Missing: ${some(missing)}.`, {
    code: 'images-missing',
    remedy: `The paths under "dataset" in dataset.json are absolute, or start from ${folder}.`,
  });
}

function checkLabels({ folder, cases, datasetJson: { file_ending: ending } }: RawDataset, present: Set<string>): void {
  const missing = cases.filter(({ id }) => !present.has(id + ending));
  if (missing.length === 0) {
    return;
  }
  const labels = join(folder, 'labelsTr');
  const remedies: [boolean, string][] = [
    [
      missing.some(({ id }) => present.has(`${id}_0000${ending}`)),
      'Labels have no channel in their names: rename CASE_0000 to CASE in labelsTr.',
    ],
    [
      missing.some(({ id }) => [...present].some((name) => name.startsWith(`${id}.`))),
      `Labels have the same ending as images, ${ending}: convert them.`,
    ],
  ];
  throw new NnunetPlannerError(`Missing: ${some(missing.map(({ id }) => join(labels, id + ending)))}.`, {
    code: 'labels-missing',
    remedy:
      remedies.find(([fits]) => fits)?.[1] ??
      'Every case of imagesTr needs a label of the same name, without _0000, in labelsTr.',
  });
}

function some(names: readonly string[]): string {
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  return `${names.slice(0, namesShown).join(', ')}${more}`;
}
