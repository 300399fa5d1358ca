import { existsSync } from 'node:fs';
import { joinInside, makeFolder, writeFileBeside } from '@fractura/array-files';
import { encodePredictionArguments, readLabels } from '@fractura/nnunet-format';
import { FracturaError } from '@fractura/errors';
import { readImage } from '@fractura/nnunet-planner';
import { joinPath } from '@fractura/python-compat';
import { writeThreshold } from '../cutoff/threshold-of-predictions.js';
import { NnunetError } from '../errors.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { listInputCases, type InputCase } from '../folders/input-cases.js';
import type { TrainedModel } from '../model/load-model.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { checkImage } from './check-image.js';
import { checkSettings, predictCase, type PredictedCase, type PredictionSettings } from './predict-case.js';
import { orFailure } from './or-failure.js';
import { openPresenceFile } from './presence-file.js';
import { presenceOf } from './presence-of.js';
import { refuseFailures } from './refuse-failures.js';
import { windowNotes } from './window-notes.js';
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
 * them lie dataset.json, plans.json and predict_from_raw_data_args.json, as after `nnUNetv2_predict`; of a model with a presence head also presence.json, by case what
 * {@link presenceOf} gives.
 *
 * A case that cannot be read, or is no image for the model, is noted, and the others go on; the error comes at the end.
 *
 * @returns the cases predicted.
 * @throws as {@link predictCases}; what ailed the one case that was left out, such as `voxels-not-finite` or `channels-missing`, or
 *   NnunetError `cases-failed` where there are several.
 * @see nnU-Net: nnunetv2/inference/predict_from_raw_data.py, nnUNetPredictor.predict_from_files
 */
export async function predictFolder(options: PredictFolderOptions): Promise<string[]> {
  const { cases, failures } = await predictCases(options);
  refuseFailures(failures, cases.length + failures.length);
  return cases;
}

/** What became of the cases of a folder. */
export interface PredictedFolder {
  /** Those predicted. */
  cases: string[];
  /** The errors of those that failed. */
  failures: FracturaError[];
}

/**
 * As {@link predictFolder}, but the errors of cases are given back.
 *
 * @throws NnunetError `no-cases`, `previous-stage-missing`, `part-invalid`, `step-size-invalid`, `threshold-invalid`,
 *   `presence-invalid`.
 */
export async function predictCases(options: PredictFolderOptions): Promise<PredictedFolder> {
  const {
    model,
    input,
    output,
    saveProbabilities = false,
    continuePrediction = false,
    previousStage,
    parts,
    part,
  } = options;
  const { note, progress, signal } = completeReporting(options);
  checkSettings(options);
  checkPreviousStageFolder(model, previousStage);
  const { file_ending: ending } = model.datasetJson;
  const cases = partOf(await listInputCases(input, ending), options);
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
  await writeThreshold(output, options.threshold ?? model.threshold);
  const waiting = continuePrediction ? cases.filter(({ id }) => !isComplete(id, options)) : cases;
  const presences = await openPresenceFile({ folder: output, continuePrediction, parts, part });
  const labels = readLabels(model.datasetJson);
  const task = progress('Predicting');
  const predictedCases: string[] = [];
  const failures: FracturaError[] = [];
  for (const [done, inputCase] of waiting.entries()) {
    signal.throwIfAborted();
    const tell = (window: string) => {
      task.update({ done, total: waiting.length, note: window });
    };
    const predicted = await orFailure(() => predictFiles(inputCase, options, tell));
    if (FracturaError.isInstance(predicted)) {
      failures.push(predicted);
      note(`Left out ${inputCase.id}: ${predicted.message}`);
    } else {
      const { id, files } = inputCase;
      const { image_reader_writer: reader } = model.plans;
      if (predicted.presence !== undefined) {
        await presences.add(id, presenceOf(predicted, labels));
      }
      await writePrediction(predicted, { folder: output, id, ending, image: files[0], reader, saveProbabilities });
      predictedCases.push(id);
    }
    task.update({ done: done + 1, total: waiting.length });
  }
  const left = cases.length - waiting.length;
  task.finish(`${predictedCases.length} cases${left > 0 ? `, ${left} were there already` : ''}`);
  return { cases: predictedCases, failures };
}

async function predictFiles(
  { id, files }: InputCase,
  { model, mirroring, stepSize, threshold, precision, previousStage, signal }: PredictFolderOptions,
  tell: (note: string) => void,
): Promise<PredictedCase> {
  const { file_ending: ending, channel_names: names } = model.datasetJson;
  const { image_reader_writer: reader } = model.plans;
  const channels = Object.keys(names).length;
  const image = checkImage(await readImage(files, { reader }), { id, files, channels, ending });
  const previous =
    previousStage === undefined ? undefined : await readImage([joinInside(previousStage, id + ending)], { reader });
  return predictCase({
    model,
    image,
    previousStage: previous?.data,
    mirroring,
    stepSize,
    threshold,
    precision,
    signal,
    onProgress: windowNotes(tell),
  });
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
