import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { readDatasetJson, readLabels, readPlans, resolveConfiguration } from '@fractura/nnunet-format';
import { readTorchFile, writeSafetensors, writeTorchFile } from '@fractura/torch-weights';
import {
  buildUnet,
  countInputChannels,
  loadCheckpoint,
  type CheckpointName,
  type LoadedCheckpoint,
} from '@fractura/unet-model';
import { NnunetError } from '../errors.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { namesIn } from '../folders/list-cases.js';
import { fromNnunetCheckpoint, toNnunetCheckpoint } from './nnunet-checkpoint.js';

/** From where to where; the checkpoints that are there decide the direction. */
export interface ConvertModelFolderOptions {
  input: string;
  output: string;
  signal: AbortSignal;
  note: (line: string) => void;
}

/**
 * Converts a model folder: our `.safetensors` checkpoints to the `.pth` that nnU-Net's commands load, with the optimizer's
 * state and under all names that PyTorch wants, or nnU-Net's to ours. dataset.json, plans.json and the fingerprint go along.
 *
 * @returns the files written.
 * @throws NnunetError `no-folds`, `checkpoint-invalid`
 */
export async function convertModelFolder(options: ConvertModelFolderOptions): Promise<string[]> {
  const { input, output, signal, note } = options;
  const folds = (await namesIn(input)).filter((name) => /^fold_(\d+|all)$/.test(name));
  const found: { fold: string; name: string }[] = [];
  for (const fold of folds) {
    for (const name of await namesIn(join(input, fold))) {
      if (/^checkpoint_\w+\.(pth|safetensors)$/.test(name)) {
        found.push({ fold, name });
      }
    }
  }
  const own = found.filter(({ name }) => name.endsWith('.safetensors'));
  const chosen = own.length > 0 ? own : found;
  if (chosen.length === 0) {
    throw new NnunetError(`${input} has no fold with a checkpoint.`, {
      code: 'no-folds',
      remedy: 'Give the folder that holds fold_0 and so on.',
    });
  }
  await makeFolder(output);
  await copyDescriptions(input, output);
  const fingerprint = 'dataset_fingerprint.json';
  if (existsSync(join(input, fingerprint))) {
    await copyFile(join(input, fingerprint), join(output, fingerprint));
  }
  const written: string[] = [];
  for (const { fold, name } of chosen) {
    signal.throwIfAborted();
    await makeFolder(join(output, fold));
    const file = join(
      output,
      fold,
      own.length > 0 ? name.replace(/safetensors$/, 'pth') : name.replace(/pth$/, 'safetensors'),
    );
    note(`${join(fold, name)} to ${file}`);
    if (own.length > 0) {
      await convertToTorch(input, fold, name, file);
    } else {
      await convertFromTorch(input, join(input, fold, name), file);
    }
    written.push(file);
  }
  return written;
}

async function convertToTorch(model: string, fold: string, name: string, file: string): Promise<void> {
  const [, checkpoint] = /^checkpoint_(\w+)\./.exec(name)!;
  const loaded = await loadCheckpoint(join(model, fold), checkpoint as CheckpointName);
  const order = await parameterOrder(model, loaded.record.init_args.configuration);
  await writeTorchFile(file, toNnunetCheckpoint(loaded, order));
}

async function convertFromTorch(model: string, input: string, file: string): Promise<void> {
  const content = await readTorchFile(input);
  const settings = content instanceof Map ? content.get('init_args') : undefined;
  const configuration = settings instanceof Map ? settings.get('configuration') : undefined;
  const order = typeof configuration === 'string' ? await parameterOrder(model, configuration) : [];
  await writeOwn(file, fromNnunetCheckpoint(content, order, input));
}

async function writeOwn(file: string, { record, weights, momenta }: LoadedCheckpoint): Promise<void> {
  const tensors = new Map([...weights, ...momenta].map(({ name, shape, data }) => [name, { shape, data }]));
  await writeSafetensors(file, tensors, { metadata: { format: 'pt', checkpoint: JSON.stringify(record) } });
}

/** The names of the network's parameters, in the optimizer's order. */
async function parameterOrder(model: string, configuration: string): Promise<string[]> {
  const plan = resolveConfiguration(await readPlans(join(model, 'plans.json')), configuration);
  const datasetJson = await readDatasetJson(join(model, 'dataset.json'));
  const labels = readLabels(datasetJson);
  const network = buildUnet({
    architecture: plan.architecture,
    inputChannels: countInputChannels(plan, datasetJson),
    outputChannels: labels.segmentationHeads,
  });
  network.dispose();
  return network.parameters.map(({ name }) => name);
}
