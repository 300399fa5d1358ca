import { describeValue } from '@fractura/errors';
import type { DatasetJson } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';

/** Keys that nnU-Net has not, or under another name. */
const ofDecathlon = ['modality', 'training', 'test'];

/** What the `dataset.json` of a Decathlon task holds, not yet checked. */
export type MsdDescription = Record<string, unknown>;

/**
 * nnU-Net's dataset.json of a Decathlon task's: labels by their names, `modality` as `channel_names`, no lists of files; all else as
 * it is.
 *
 * @param file where it is from, for messages.
 * @throws NnunetError `msd-invalid`
 */
export function toDatasetJson(description: MsdDescription, file: string): DatasetJson {
  const invalid = (what: string, remedy: string) =>
    new NnunetError(`${file}: ${what}.`, { code: 'msd-invalid', remedy });
  if (!isTable(description) || !isTable(description.modality) || !isTable(description.labels)) {
    throw invalid('has no modality and labels as the Decathlon writes them', 'Give the unpacked folder of a task.');
  }
  const { modality } = description;
  const others = Object.fromEntries(Object.entries(description).filter(([key]) => !ofDecathlon.includes(key)));
  const labels: Record<string, number> = {};
  for (const [label, name] of Object.entries(description.labels)) {
    if (typeof name !== 'string' || !/^\d+$/.test(label)) {
      throw invalid(
        `labels has ${describeValue(label)}: ${describeValue(name)}`,
        'The Decathlon writes "1": "name"; a raw data set of nnU-Net needs no conversion.',
      );
    }
    if (Object.hasOwn(labels, name)) {
      throw invalid(`two labels are called ${describeValue(name)}`, 'Give each a name of its own.');
    }
    labels[name] = Number(label);
  }
  for (const name of Object.values(modality)) {
    if (typeof name !== 'string') {
      throw invalid(`modality has ${describeValue(name)}`, 'It names each channel, as in "0": "T2".');
    }
  }
  const numTraining = others.numTraining;
  if (typeof numTraining !== 'number') {
    throw invalid(`numTraining is ${describeValue(numTraining)}`, 'It is the number of training cases.');
  }
  return { ...others, labels, numTraining, file_ending: '.nii.gz', channel_names: modality as Record<string, string> };
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
