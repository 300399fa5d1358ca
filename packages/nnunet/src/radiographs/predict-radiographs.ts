import { joinInside, makeFolder, refuseOverwrite } from '@fractura/array-files';
import { FracturaError } from '@fractura/errors';
import { readLabels } from '@fractura/nnunet-format';
import { readRadiograph, writeImage, type ImageFit, type TargetSize } from '@fractura/radiograph';
import { NnunetError } from '../errors.js';
import type { TrainedModel } from '../model/load-model.js';
import { conversionOfModel } from '../prediction/conversion-of-model.js';
import { labelRadiograph } from '../prediction/label-radiograph.js';
import { orFailure } from '../prediction/or-failure.js';
import { checkSettings, type PredictionSettings } from '../prediction/predict-case.js';
import { checkOneChannel, type PredictedRadiograph } from '../prediction/predict-film.js';
import { predictRadiograph } from '../prediction/predict-radiograph.js';
import { presenceOf } from '../prediction/presence-of.js';
import { windowNotes } from '../prediction/window-notes.js';
import { writeRadiographLabels } from '../prediction/write-radiograph-labels.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { drawOverlay } from './draw-overlay.js';
import { findLesions } from './find-lesions.js';
import { findRadiographs, type NamedRadiograph } from './find-radiographs.js';
import type { FailedRadiograph, RadiographPrediction } from './radiograph-prediction.js';
import { writePredictions } from './write-predictions.js';

/** Radiographs as they are, the model that predicts them, and what is written. */
export interface PredictRadiographsOptions extends PredictionSettings, Reporting {
  model: TrainedModel;
  /** Image files, and folders of such. Hidden files are no images. */
  images: readonly string[];
  /** Look into subfolders of the folders, too. Default false. */
  recursive?: boolean;
  output: string;
  /** To which the model's images were converted. Default: what its folder tells, see `conversionOfModel`. */
  size?: TargetSize;
  /** How they were brought to it. Default: what its folder tells. */
  fit?: ImageFit;
  /** Which of several windows of DICOM files is taken, from 1. Default 1. */
  window?: number;
  /** Draw each radiograph with the outlines of its lesions, and with the probability as heat. Default: neither. */
  overlay?: 'outline' | 'heat';
}

/** What became of the radiographs. */
export interface PredictedRadiographs {
  /** As predictions.json holds them, in the order of the files. */
  predictions: (RadiographPrediction | FailedRadiograph)[];
  /** The errors of those that failed. */
  failures: FracturaError[];
}

/**
 * Predicts any number of radiographs as they are. For each it writes `NAME` with the data set's ending and `NAME_radiograph.png`, as
 * `writeRadiographLabels`, and `NAME_overlay.png` where it is asked for; for all together `predictions.json` and `predictions.csv`.
 * Files of one folder give their own names, those of several folders bring the folders that tell them apart.
 *
 * A radiograph that cannot be read is noted, and listed with its error, and the others go on. What was predicted before an
 * interruption is listed, too.
 *
 * @throws NnunetError `images-missing`, `channels-missing`, `step-size-invalid`, `threshold-invalid`, `output-twice`; RadiographError
 *   `images-missing`; ArrayFilesError `output-is-input`, `unsafe-name`, `file-unwritable`. All but the last before the first prediction.
 */
export async function predictRadiographs(options: PredictRadiographsOptions): Promise<PredictedRadiographs> {
  const { model, images, recursive = false, output, mirroring, stepSize, threshold, precision } = options;
  const { note, progress, signal } = completeReporting(options);
  checkSettings(options);
  checkOneChannel(model);
  const radiographs = await findRadiographs({ images, recursive, output, note });
  await checkOutputs(radiographs, options);
  const conversion = await conversionOfModel(model);
  const { size = conversion.size, fit = conversion.fit } = options;
  await makeFolder(output);
  const task = progress('Predicting');
  const { length: total } = radiographs;
  const predictions: PredictedRadiographs['predictions'] = [];
  const failures: FracturaError[] = [];
  try {
    for (const [done, radiograph] of radiographs.entries()) {
      signal.throwIfAborted();
      const { file, path } = radiograph;
      const onProgress = windowNotes((window) => {
        task.update({ done, total, note: window });
      });
      const predicted = await orFailure(() =>
        predictRadiograph({
          model,
          file: path,
          window: options.window,
          size,
          fit,
          mirroring,
          stepSize,
          threshold,
          precision,
          signal,
          onProgress,
        }),
      );
      if (FracturaError.isInstance(predicted)) {
        const { code, message, remedy } = predicted;
        failures.push(predicted);
        predictions.push({ file, error: { code, message, remedy } });
        note(`Left out ${file}: ${message}`);
      } else {
        predicted.warnings.forEach(note);
        predictions.push(await writeResults(radiograph, predicted, options));
      }
      task.update({ done: done + 1, total });
    }
  } finally {
    await writePredictions(output, predictions);
  }
  task.finish(`${total - failures.length} radiographs`);
  return { predictions, failures };
}

async function writeResults(
  { path, file, name }: NamedRadiograph,
  predicted: PredictedRadiograph,
  { model, output, overlay, window }: PredictRadiographsOptions,
): Promise<RadiographPrediction> {
  const { datasetJson } = model;
  const labelSet = readLabels(datasetJson);
  const labelled = labelRadiograph(predicted, model);
  const { width, height } = labelled;
  await writeRadiographLabels({ predicted, labelled, model, folder: output, name });
  const files = resultFiles(name, datasetJson.file_ending);
  const prediction: RadiographPrediction = {
    file,
    width,
    height,
    ...presenceOf(predicted, labelSet),
    pixelSpacing: predicted.pixelSpacing,
    threshold: predicted.threshold ?? null,
    lesions: findLesions(labelled, datasetJson),
    labels: files.labels,
    radiographLabels: files.radiographLabels,
  };
  if (overlay !== undefined) {
    const classes = labelSet.foreground.map(({ label }) => label);
    const { data } = drawOverlay(await readRadiograph(path, { window }), {
      labelled,
      classes,
      heat: overlay === 'heat',
    });
    await writeImage(joinInside(output, files.overlay), { data, shape: [height, width, 3] });
    prediction.overlay = files.overlay;
  }
  return prediction;
}

/** What is written for a radiograph, below the output folder. */
const resultFiles = (name: string, ending: string) => ({
  labels: name + ending,
  radiographLabels: `${name}_radiograph.png`,
  overlay: `${name}_overlay.png`,
});

/** @throws NnunetError `output-twice`; ArrayFilesError `output-is-input`, `unsafe-name` */
async function checkOutputs(
  radiographs: readonly NamedRadiograph[],
  { model, output }: PredictRadiographsOptions,
): Promise<void> {
  const fileOf = new Map<string, string>();
  const outputs = ['predictions.json', 'predictions.csv'].map((name) => joinInside(output, name));
  for (const { file, name } of radiographs) {
    for (const result of Object.values(resultFiles(name, model.datasetJson.file_ending))) {
      const other = fileOf.get(result.toLowerCase());
      if (other !== undefined) {
        throw new NnunetError(`${result} would be written for ${other} and for ${file}.`, {
          code: 'output-twice',
          remedy: 'Rename one of the two, or predict them into different folders.',
        });
      }
      fileOf.set(result.toLowerCase(), file);
      outputs.push(joinInside(output, result));
    }
  }
  const descriptions = ['dataset.json', 'plans.json'].map((name) => joinInside(model.folder, name));
  await refuseOverwrite({ inputs: [...radiographs.map(({ path }) => path), ...descriptions], outputs });
}
