import { existsSync } from 'node:fs';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { channelFileName, encodePredictionArguments } from '@fractura/nnunet-format';
import { readImage } from '@fractura/nnunet-planner';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { listInputCases, type InputCase } from '../folders/input-cases.js';
import type { TrainedModel } from '../model/load-model.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { checkStepSize, predictCase, type PredictionSettings } from './predict-case.js';
import { writePrediction } from './write-prediction.js';

/** What to predict, and how. */
export interface PredictFolderOptions extends PredictionSettings, Reporting {
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
  /** Folder of labels of the stage before, which the second stage of a cascade takes. */
  previousStage?: string;
}

/**
 * Predicts every case of a folder; the labels of a case are written last, so that a case with labels is complete. Beside
 * them lie dataset.json, plans.json and predict_from_raw_data_args.json, as after `nnUNetv2_predict`.
 *
 * @returns the cases predicted.
 * @throws NnunetError `no-cases`, `channels-missing`, `previous-stage-missing`, `part-invalid`, `step-size-invalid`
 * @see nnU-Net: nnunetv2/inference/predict_from_raw_data.py, nnUNetPredictor.predict_from_files
 */
export async function predictFolder(options: PredictFolderOptions): Promise<string[]> {
  const { model, input, output, saveProbabilities, continuePrediction = false, previousStage, parts, part } = options;
  const { progress, signal } = completeReporting(options);
  checkStepSize(options.stepSize ?? 0.5);
  checkPreviousStageFolder(model, previousStage);
  const cases = partOf(await listInputCases(input, model.datasetJson.file_ending), options);
  await makeFolder(output);
  await writeFileBeside(
    joinPath(output, 'predict_from_raw_data_args.json'),
    encodePredictionArguments({
      input,
      output,
      saveProbabilities,
      overwrite: !continuePrediction,
      previousStage,
      parts,
      part,
    }),
  );
  await copyDescriptions(model.folder, output);
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
  task.finish(`${waiting.length} cases${left > 0 ? `, ${left} were there already` : ''}`);
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
      remedy: `Give one file for each channel, ${channelFileName(id, 0, ending)} and so on.`,
    });
  }
  const previous =
    previousStage === undefined ? undefined : await readImage([joinPath(previousStage, id + ending)], { reader });
  const predicted = await predictCase({
    model,
    image,
    previousStage: previous?.data,
    mirroring,
    stepSize,
    signal,
    onProgress: ({ windowsDone, windows }) => {
      if (windowsDone < windows) {
        tell(`window ${windowsDone} of ${windows}`);
      }
    },
  });
  await writePrediction(predicted, { folder: output, id, ending, image: files[0], reader, saveProbabilities });
}

function isComplete(id: string, { model, output, saveProbabilities = false }: PredictFolderOptions): boolean {
  const endings = [model.datasetJson.file_ending, ...(saveProbabilities ? ['.npz', '.pkl'] : [])];
  return endings.every((ending) => existsSync(joinPath(output, id + ending)));
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

/** Labels of a stage before are given if, and only if, the model is the second stage of a cascade. */
function checkPreviousStageFolder({ plan, configuration }: TrainedModel, folder: string | undefined): void {
  const { previous_stage: stage } = plan;
  if (stage === undefined && folder !== undefined) {
    throw new NnunetError(`Configuration ${configuration} has no stage before it.`, {
      code: 'previous-stage-missing',
      remedy: 'Leave -prev_stage_predictions out.',
    });
  }
  if (stage !== undefined && folder === undefined) {
    throw new NnunetError(`Configuration ${configuration} takes the labels of ${stage}.`, {
      code: 'previous-stage-missing',
      remedy: `Predict with ${stage} first and give its folder with -prev_stage_predictions.`,
    });
  }
}
