import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { readLabels, type LabelManager } from '../dataset/labels.js';
import { listFolder, readDataset, type DatasetCase, type RawDataset } from '../dataset/read-dataset.js';
import { allClose, readImage } from '../dataset/read-image.js';
import { NnunetPlannerError } from '../errors.js';
import { mapConcurrently, type LongTask } from '../map-concurrently.js';

/** Cases named in a message before it says how many more there are. */
const casesShown = 5;

/**
 * Checks a raw data set as `--verify_dataset_integrity` does: the table of contents first, then every label and image.
 *
 * @returns the number of cases that were checked.
 * @throws NnunetPlannerError `dataset-json-…`, `folder-missing`, `count-mismatch`, `labels-missing`, `labels-invalid`,
 *   `reader-unknown`; `cases-invalid` lists every case that failed and why.
 * @see reference/nnunet-v2/behaviour.md, section 1.4
 */
export async function verifyDatasetIntegrity({
  folder,
  ...task
}: { folder: string } & LongTask): Promise<{ cases: number }> {
  const dataset = await readDataset(folder);
  const { datasetJson, cases } = dataset;
  if (!datasetJson.dataset) await listFolder(join(folder, 'labelsTr'));
  checkCount(dataset);
  await checkLabelFiles(dataset);
  const labels = readLabels(datasetJson);
  const channels = Object.keys(datasetJson.channel_names).length;
  const reports = await mapConcurrently(cases, (one) => checkCase(one, labels, channels), task);
  const faults = reports.flat();
  if (faults.length === 0) return { cases: cases.length };
  throw new NnunetPlannerError(`${folder}: ${faults.length} faults in its cases\n${faults.join('\n')}`, {
    code: 'cases-invalid',
    remedy: 'Correct or remove these cases.',
  });
}

function checkCount({ folder, datasetJson, cases }: RawDataset): void {
  const { numTraining, file_ending } = datasetJson;
  if (cases.length === numTraining) return;
  const some = cases.slice(0, casesShown).map(({ id }) => id);
  throw new NnunetPlannerError(
    `${folder}: numTraining is ${numTraining}, imagesTr has ${cases.length} cases that end in ${file_ending}` +
      (some.length > 0 ? `, such as ${some.join(', ')}` : ''),
    {
      code: 'count-mismatch',
      remedy: `Set numTraining to the number of cases; images are named CASE_0000${file_ending}, labels CASE${file_ending}.`,
    },
  );
}

async function checkLabelFiles({ folder, cases, datasetJson }: RawDataset): Promise<void> {
  const exists = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  const wanted = cases.flatMap(({ images, label }) => (datasetJson.dataset ? [...images, label] : [label]));
  const missing: string[] = [];
  for (const file of wanted) if (!(await exists(file))) missing.push(file);
  if (missing.length === 0) return;
  const more = missing.length > casesShown ? ` and ${missing.length - casesShown} more` : '';
  const channelInName =
    datasetJson.dataset === undefined &&
    (await exists(join(folder, 'labelsTr', `${cases[0].id}_0000${datasetJson.file_ending}`)));
  throw new NnunetPlannerError(`missing: ${missing.slice(0, casesShown).join(', ')}${more}`, {
    code: 'labels-missing',
    remedy: channelInName
      ? 'Labels have no channel in their names: rename CASE_0000 to CASE in labelsTr.'
      : 'Every case of imagesTr needs a label of the same name, without _0000, in labelsTr.',
  });
}

/** What is wrong with a case, one line each. */
async function checkCase(
  { id, images, label }: DatasetCase,
  labels: LabelManager,
  channels: number,
): Promise<string[]> {
  if (images.length === 0) return [`${id}: has no image whose name ends in _0000`];
  const [image, segmentation] = await Promise.all([readImage(images), readImage([label])]);
  const allowed = new Set([...labels.allLabels, ...(labels.ignoreLabel === undefined ? [] : [labels.ignoreLabel])]);
  const found = [...new Set(segmentation.data)].sort((a, b) => a - b);
  const unexpected = found.filter((value) => !Number.isNaN(value) && !allowed.has(value));
  const faults: string[] = [];
  if (unexpected.length > 0) {
    const binary = unexpected.join() === '255';
    faults.push(
      `${label}: unexpected labels ${unexpected.slice(0, 10).join(', ')}; expected ${[...allowed].join(', ')}` +
        (binary ? '. A mask of 0 and 255 must become one of 0 and 1' : ''),
    );
  }
  if (segmentation.shape[0] !== 1)
    faults.push(`${label}: has ${segmentation.shape[0]} channels; a label has one (no RGB)`);
  if (image.data.some(Number.isNaN)) faults.push(`${images[0]}: holds NaN`);
  if (segmentation.data.some(Number.isNaN)) faults.push(`${label}: holds NaN`);
  const [size, labelSize] = [image, segmentation].map(({ shape }) => shape.slice(1).join(' x '));
  if (size !== labelSize) faults.push(`${id}: the image has ${size} voxels, its label ${labelSize}`);
  if (!allClose(image.spacing, segmentation.spacing)) {
    faults.push(
      `${id}: the image has spacing ${image.spacing.join(', ')}, its label ${segmentation.spacing.join(', ')}`,
    );
  }
  if (image.shape[0] !== channels) {
    const alpha =
      image.shape[0] === 4 || image.shape[0] === 3
        ? '; a picture must be grey for one channel, RGB for three, without alpha'
        : '';
    faults.push(`${id}: has ${image.shape[0]} channels, dataset.json names ${channels}${alpha}`);
  }
  return faults;
}
