import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  checkFileName,
  encodeZip,
  makeFolder,
  refuseOverwrite,
  writeBeside,
  type ZipMember,
} from '@fractura/array-files';
import { FracturaError } from '@fractura/errors';
import { formatModelName, parseModelName, type FoldName } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { convertCheckpoint } from '../weights/convert-checkpoint.js';
import { ensembleZipFiles, modelZipFiles, present, type ModelFile, type ModelSelection } from './model-zip-files.js';

/** What to export, and where to. */
export interface ExportModelToZipOptions extends Reporting {
  /** Folder of results. */
  results: string;
  /** Name of the data set, such as `Dataset921_FracAtlas`. */
  dataset: string;
  /** The zip file to write. */
  output: string;
  configurations: readonly string[];
  /** Default `nnUNetTrainer`. */
  trainer?: string;
  /** Default `nnUNetPlans`. */
  plans?: string;
  /** Default 0 to 4. */
  folds?: readonly FoldName[];
  /** Default `checkpoint_final.pth`. */
  checkpoints?: readonly string[];
  /** Take the predicted cases of validation and of ensembles, too (default: their results alone). */
  validation?: boolean;
  /** Refuse where a configuration, a fold or a checkpoint is missing (default); else it is left out. */
  strict?: boolean;
}

/**
 * Writes trained models into a zip of nnU-Net's layout, which `nnUNetv2_install_pretrained_model_from_zip` and ours take. Our
 * checkpoints become nnU-Net's `.pth`; those of a network that nnU-Net cannot build stay `.safetensors`, which is said.
 *
 * @returns the names of the zip's members.
 * @throws NnunetError `model-missing`, `fold-missing`, `checkpoint-missing`, `nothing-to-export`; ArrayFilesError `unsafe-name`,
 *   `output-is-input`, `file-unwritable`.
 * @see nnU-Net: nnunetv2/model_sharing/model_export.py, export_pretrained_model
 */
export async function exportModelToZip(options: ExportModelToZipOptions): Promise<string[]> {
  const { dataset, output } = options;
  const { signal } = completeReporting(options);
  const files = await filesOf(options);
  await refuseOverwrite({ inputs: files.map(({ file }) => file), outputs: [output] });
  await makeFolder(dirname(output));
  const converted = await mkdtemp(join(dirname(output), '.checkpoints-'));
  try {
    const members = await withTorchFiles(files, converted, options);
    const names = members.map(({ path }) => [checkDataset(dataset), ...path.split(/[\\/]/)].join('/'));
    await writeBeside(output, encodeZip(readMembers(members, names)), { signal });
    return names;
  } finally {
    await rm(converted, { recursive: true, force: true });
  }
}

/** One file after the other is in memory. */
function* readMembers(files: readonly ModelFile[], names: readonly string[]): Generator<ZipMember> {
  for (const [i, { file }] of files.entries()) {
    yield { name: names[i], bytes: readFileSync(file) };
  }
}

const checkDataset = (name: string) => checkFileName(name, { of: 'The name of the data set' });

async function filesOf(options: ExportModelToZipOptions): Promise<ModelFile[]> {
  const { results, dataset, trainer = 'nnUNetTrainer', plans = 'nnUNetPlans', validation = false } = options;
  const { folds = [0, 1, 2, 3, 4], checkpoints = ['checkpoint_final.pth'], strict = true } = options;
  const configurations = [...new Set(options.configurations)];
  for (const name of [trainer, plans, ...configurations, ...checkpoints]) {
    checkFileName(name, { of: 'A part of the model’s name' });
  }
  const folder = join(results, checkDataset(dataset));
  const shared: Omit<ModelSelection, 'configuration'> = {
    folder,
    trainer,
    plans,
    folds,
    checkpoints,
    validation,
    strict,
  };
  const models: ModelFile[] = [];
  for (const configuration of configurations) {
    models.push(...(await modelZipFiles({ ...shared, configuration })));
  }
  if (models.length === 0) {
    throw new NnunetError(`${folder} has no trained model of ${configurations.join(', ') || 'no configuration'}.`, {
      code: 'nothing-to-export',
      remedy: 'Name the configurations, trainer (-tr), plans (-p) and folds that are there.',
    });
  }
  const exported = configurations.map((configuration) => formatModelName({ trainer, plans, configuration }));
  return [
    ...models,
    ...(await ensemblesOf(folder, exported, validation)),
    ...present(folder, '', ['inference_information.json', 'inference_instructions.txt']),
  ];
}

/** Those of which every member is exported. */
async function ensemblesOf(folder: string, exported: readonly string[], validation: boolean): Promise<ModelFile[]> {
  const ensembles = join(folder, 'ensembles');
  const names = existsSync(ensembles) ? await namesIn(ensembles) : [];
  const files: ModelFile[] = [];
  for (const name of names) {
    const members = name.split('___').slice(1, -1);
    if (members.length > 0 && members.every((member) => parseModelName(member) && exported.includes(member))) {
      files.push(...(await ensembleZipFiles(folder, name, validation)));
    }
  }
  return files;
}

/** With a `.pth` in the place of every checkpoint of ours that nnU-Net can load. */
async function withTorchFiles(
  files: readonly ModelFile[],
  folder: string,
  options: ExportModelToZipOptions,
): Promise<ModelFile[]> {
  const { note, signal } = completeReporting(options);
  const members: ModelFile[] = [];
  for (const [i, { path, file }] of files.entries()) {
    signal.throwIfAborted();
    if (!file.endsWith('.safetensors')) {
      members.push({ path, file });
      continue;
    }
    const output = join(folder, `${i}.pth`);
    try {
      await convertCheckpoint({ input: file, output });
      members.push({ path, file: output });
    } catch (error) {
      if (!FracturaError.isInstance(error) || error.code !== 'network-not-nnunets') {
        throw error;
      }
      note(`${error.message} It is exported as it is, for Fractura alone.`);
      members.push({ path: path.replace(/\.pth$/, '.safetensors'), file });
    }
  }
  return members;
}
