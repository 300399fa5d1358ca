import { basename, dirname, join, relative, sep } from 'node:path';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '@fractura/array-files';
import { builtProgram } from '@fractura/concurrency';
import { foldFolder, readLabels } from '@fractura/nnunet-format';
import type { KernelType } from '@fractura/unet-model';
import { writePage, type ViewerModel } from '@fractura/viewer';
import { readCutoff } from '../cutoff/cutoff-file.js';
import { selectFolds, type TrainedModel } from '../model/load-model.js';
import { conversionOfModel } from '../prediction/conversion-of-model.js';
import { checkOneChannel } from '../prediction/predict-film.js';
import { classNameOf } from '../radiographs/find-lesions.js';
import { exportModel } from '../weights/export-model.js';
import type { PageInference } from './page-inference.js';
import { writeClassifier, type WrittenClassifier } from './write-classifier.js';

/** A model, and where its page goes. */
export interface WriteModelPageOptions {
  /** Of a 2D configuration and one channel; its folds are averaged. */
  model: TrainedModel;
  /** Folder of the page. */
  output: string;
  /** Average over mirrored images, as `predict` does. Default true. */
  mirroring?: boolean;
  /** A classifier that judges whole films beside it, as `loadClassifier` of `@fractura/resnet18-classifier` takes it. */
  classifier?: string;
  /** How kernels are stored: in float16 the page is about half as large, and results differ a little. Default float32. */
  kernels?: KernelType;
  /** Lets browsers keep the page's files, so that it works without its server. */
  offline: boolean;
}

/**
 * Writes a page on which radiographs are predicted by this model, as `predict --image` predicts them: the networks as graph models,
 * the worker that runs them, and the viewer.
 *
 * @returns the file to open, `index.html`.
 * @throws NnunetError `channels-missing`; TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`; ViewerError `page-not-built`; ArrayFilesError `file-unwritable`
 */
export async function writeModelPage({
  model,
  output,
  mirroring = true,
  classifier: classifierPath,
  kernels,
  offline,
}: WriteModelPageOptions): Promise<string> {
  checkOneChannel(model);
  await makeFolder(output);
  const networks: string[] = [];
  const written: string[] = [];
  for (const fold of model.folds) {
    const folder = join(output, foldFolder(fold));
    const [network, ...others] = await exportModel({ model: selectFolds(model, [fold]), output: folder, kernels });
    networks.push(below(output, network));
    written.push(...[network, ...others].map((file) => below(output, file)));
  }
  const classifier =
    classifierPath === undefined ? undefined : await writeClassifier(classifierPath, { folder: output, kernels });
  if (classifier !== undefined) {
    written.push(classifier.file);
  }
  const worker = fileURLToPath(builtProgram(import.meta.url, 'page/model-worker'));
  const engines = await readdir(dirname(worker));
  return writePage({
    folder: output,
    model: await describe(model, { networks, mirroring, worker: basename(worker), classifier }),
    copies: engines.map((name) => join(dirname(worker), name)),
    written,
    offline,
  });
}

const below = (folder: string, file: string) => relative(folder, file).split(sep).join('/');

interface DescribedParts {
  networks: string[];
  mirroring: boolean;
  worker: string;
  classifier: WrittenClassifier | undefined;
}

async function describe(
  model: TrainedModel,
  { networks, mirroring, worker, classifier }: DescribedParts,
): Promise<ViewerModel> {
  const { plans, datasetJson, configuration } = model;
  const { channel_names, labels, numTraining, file_ending, regions_class_order } = datasetJson;
  const [{ inputChannels, outputChannels }] = model.networks;
  const inference: PageInference = {
    plans,
    datasetJson: { channel_names, labels, numTraining, file_ending, regions_class_order },
    configuration,
    mirrorAxes: mirroring ? model.mirrorAxes : [],
    conversion: await conversionOfModel(model),
    networks,
    inputChannels,
    outputChannels,
  };
  const described: ViewerModel = {
    format: 'fractura-viewer-model',
    version: 1,
    name: `${plans.dataset_name}, ${configuration}`,
    classes: readLabels(datasetJson).foreground.map(({ label, members }) => ({
      label,
      name: classNameOf(datasetJson, members),
    })),
    threshold: model.threshold ?? null,
    worker,
    inference,
  };
  if (classifier !== undefined) {
    inference.classifier = classifier.inference;
    described.classifier = classifier.described;
  }
  const cutoff = await readCutoff(model.folder);
  if (cutoff !== undefined) {
    const { dice, falseAlarms, cases } = cutoff;
    described.crossValidation = { dice, falseAlarms, images: cases };
  }
  return described;
}
