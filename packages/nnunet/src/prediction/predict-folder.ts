import { existsSync } from 'node:fs';
import { makeFolder } from '@fractura/array-files';
import { readImage } from '@fractura/nnunet-planner';
import { encodePythonJson } from '@fractura/python-compat';
import writeFileAtomic from 'write-file-atomic';
import { NnunetError } from '../errors.js';
import type { Reporting } from '../reporting.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { inFolder } from '../folders/in-folder.js';
import { listCases, type InputCase } from '../folders/list-cases.js';
import type { TrainedModel } from '../model/load-model.js';
import { predictCase, type PredictionSettings } from './predict-case.js';
import { writePrediction } from './write-prediction.js';

/** What to predict, and how. */
export interface PredictFolderOptions extends Reporting, Omit<PredictionSettings, 'onProgress' | 'signal'> {
  model: TrainedModel;
  /** Folder of images named CASE_0000, CASE_0001, ... with the data set's file ending. */
  input: string;
  output: string;
  /** Write CASE.npz and CASE.pkl, as nnU-Net. Default false. */
  saveProbabilities?: boolean;
  /** Leave what is already there. Default false: it is predicted again. */
  continuePrediction?: boolean;
  /** Take every `parts`-th case from the one numbered `part`, from 0 on. Default all. */
  parts?: number;
  part?: number;
  /** Folder of labels of the stage before, for a cascade. */
  previousStage?: string;
}

/**
 * Predicts every case of a folder; the labels of a case are written last, so that a case with labels is complete. Beside
 * them lie dataset.json, plans.json and predict_from_raw_data_args.json, as after `nnUNetv2_predict`.
 *
 * @returns the cases predicted.
 * @throws NnunetError `no-cases`, `channels-missing`, `previous-stage-missing`, `part-invalid`
 * @see reference/nnunet-v2/behaviour.md, section 8.4
 */
export async function predictFolder(options: PredictFolderOptions): Promise<string[]> {
  const { model, input, output, signal, progress, continuePrediction = false } = options;
  checkPreviousStage(options);
  const cases = partOf(await listCases(input, model.datasetJson.file_ending), options);
  await makeFolder(output);
  await writeDescriptions(options);
  const waiting = continuePrediction ? cases.filter(({ id }) => !isComplete(id, options)) : cases;
  const task = progress('Predicting');
  for (const [done, inputCase] of waiting.entries()) {
    signal.throwIfAborted();
    await predictFiles(inputCase, options, (note) => {
      task.update({ done, total: waiting.length, note });
    });
    task.update({ done: done + 1, total: waiting.length });
  }
  const left = cases.length - waiting.length;
  task.finish(`${waiting.length} cases${left > 0 ? `, ${left} were there` : ''}`);
  return waiting.map(({ id }) => id);
}

async function predictFiles(
  { id, files }: InputCase,
  { model, output, mirroring, stepSize, saveProbabilities = false, previousStage, signal }: PredictFolderOptions,
  tell: (note: string) => void,
): Promise<void> {
  const ending = model.datasetJson.file_ending;
  const { image_reader_writer: reader } = model.plans;
  const image = await readImage(files, { reader });
  const channels = Object.keys(model.datasetJson.channel_names).length;
  if (image.shape[0] !== channels) {
    throw new NnunetError(`Case ${id} has ${image.shape[0]} channels, the model takes ${channels}.`, {
      code: 'channels-missing',
      remedy: `Give one file for each channel, ${id}_0000${ending} and so on.`,
    });
  }
  const previous =
    previousStage === undefined
      ? undefined
      : (await readImage([inFolder(previousStage, id + ending)], { reader })).data;
  const predicted = await predictCase(
    image,
    model,
    {
      signal,
      onProgress: ({ windowsDone, windows }) => {
        if (windowsDone < windows) {
          tell(`window ${windowsDone} of ${windows}`);
        }
      },
      mirroring,
      stepSize,
    },
    previous,
  );
  await writePrediction(predicted, { folder: output, id, ending, image: files[0], reader, saveProbabilities });
}

function isComplete(id: string, { model, output, saveProbabilities = false }: PredictFolderOptions): boolean {
  const endings = [model.datasetJson.file_ending, ...(saveProbabilities ? ['.npz', '.pkl'] : [])];
  return endings.every((ending) => existsSync(inFolder(output, id + ending)));
}

function partOf(cases: InputCase[], { parts = 1, part = 0 }: PredictFolderOptions): InputCase[] {
  if (Number.isInteger(parts) && Number.isInteger(part) && part >= 0 && part < parts) {
    return cases.filter((_, i) => i % parts === part);
  }
  throw new NnunetError(`There is no part ${part} of ${parts}.`, {
    code: 'part-invalid',
    remedy: 'Parts are numbered from 0: -num_parts 4 -part_id 0 to 3.',
  });
}

function checkPreviousStage({ model: { plan, configuration }, previousStage }: PredictFolderOptions): void {
  const { previous_stage: stage } = plan;
  if ((stage === undefined) === (previousStage === undefined)) {
    return;
  }
  throw new NnunetError(
    stage === undefined
      ? `Configuration ${configuration} has no stage before it.`
      : `Configuration ${configuration} takes the labels of ${stage}.`,
    {
      code: 'previous-stage-missing',
      remedy:
        stage === undefined
          ? 'Leave -prev_stage_predictions out.'
          : `Predict with ${stage} first and give its folder with -prev_stage_predictions.`,
    },
  );
}

async function writeDescriptions({ model, input, output, ...options }: PredictFolderOptions): Promise<void> {
  const called = {
    list_of_lists_or_source_folder: input,
    output_folder_or_list_of_truncated_output_files: output,
    save_probabilities: options.saveProbabilities ?? false,
    overwrite: !(options.continuePrediction ?? false),
    num_processes_preprocessing: 1,
    num_processes_segmentation_export: 1,
    folder_with_segs_from_prev_stage: options.previousStage ?? null,
    num_parts: options.parts ?? 1,
    part_id: options.part ?? 0,
  };
  const write = (name: string, content: unknown, sortKeys: boolean) =>
    writeFileAtomic(inFolder(output, name), encodePythonJson(content, { indent: 4, sortKeys }));
  await write('predict_from_raw_data_args.json', called, true);
  await copyDescriptions(model.folder, output);
}
