import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportPrediction, preprocessImage, readImage, resolveConfiguration } from '@fractura/nnunet-planner';
import { encodePythonJson } from '@fractura/python-compat';
import { predictLogits } from '@fractura/unet-model';
import { readNifti, writeNifti, writeNpz } from '@fractura/volume-io';
import { writeImage } from '@fractura/volume-io/images';
import { PipelineError } from '../errors.js';
import type { Reporting } from '../run/run-context.js';
import { loadFold, trainedFolds, type ModelFolder } from './model-folder.js';

/** What to predict, and how. */
export interface PredictFolderOptions extends Reporting {
  model: ModelFolder;
  /** Folder of images named CASE_0000, CASE_0001, ... with the data set's file ending. */
  input: string;
  output: string;
  /** Default: all that are trained. */
  folds?: readonly string[];
  /** Name of the checkpoint. Default `checkpoint_final`. */
  checkpoint?: string;
  /** Average over mirrored images. Default true. */
  mirroring?: boolean;
  /** Distance of windows relative to their size. Default 0.5. */
  stepSize?: number;
  saveProbabilities?: boolean;
}

/**
 * Predicts every case of a folder as `nnUNetv2_predict` does: preprocessing by the model's plan, sliding windows, logits
 * averaged over folds, labels in the frame of the image.
 *
 * @returns the cases predicted.
 * @throws PipelineError `no-cases`, `no-folds`
 */
export async function predictFolder(options: PredictFolderOptions): Promise<string[]> {
  const {
    model,
    input,
    output,
    checkpoint = 'checkpoint_final',
    mirroring = true,
    stepSize = 0.5,
    signal,
    progress,
  } = options;
  const { plans, datasetJson, configuration } = model;
  const ending = datasetJson.file_ending;
  const cases = await findCases(input, ending);
  const folds = options.folds ?? (await trainedFolds(model.folder, checkpoint));
  if (folds.length === 0) {
    throw new PipelineError(`${model.folder} has no fold with a ${checkpoint}`, {
      code: 'no-folds',
      remedy: 'Train a fold first.',
    });
  }
  await mkdir(output, { recursive: true });
  const networks = await Promise.all(folds.map((fold) => loadFold(model, fold, checkpoint)));
  const task = progress('Predicting');
  try {
    const patchSize = resolveConfiguration(plans, configuration).patch_size;
    for (const [done, { id, files }] of cases.entries()) {
      const image = await readImage(files);
      const { data, shape, properties } = preprocessImage(image, { plans, configuration, datasetJson });
      const logits = await predictLogits({
        ...{ networks, data, shape, patchSize, stepSize, signal },
        ...(mirroring ? {} : { mirrorAxes: [] }),
      });
      const {
        segmentation,
        probabilities,
        shape: size,
      } = exportPrediction(logits, properties, { plans, configuration, datasetJson });
      await writeLabels(join(output, id + ending), segmentation, size, files[0]);
      if (options.saveProbabilities) {
        const classes = probabilities.length / segmentation.length;
        await writeNpz(join(output, `${id}.npz`), {
          probabilities: { data: probabilities, shape: [classes, ...size] },
        });
      }
      task.update({ done: done + 1, total: cases.length });
    }
  } finally {
    for (const network of networks) network.dispose();
  }
  task.finish(`${cases.length} cases`);
  await writeFile(join(output, 'dataset.json'), encodePythonJson(datasetJson, { indent: 4 }));
  return cases.map(({ id }) => id);
}

/** Cases by their files, CASE_0000 and so on, sorted. */
async function findCases(folder: string, ending: string): Promise<{ id: string; files: string[] }[]> {
  const files = new Map<string, string[]>();
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith(ending) || !/_\d{4}$/.test(name.slice(0, -ending.length))) continue;
    const id = name.slice(0, -(ending.length + 5));
    files.set(id, [...(files.get(id) ?? []), join(folder, name)]);
  }
  if (files.size > 0) return [...files].map(([id, own]) => ({ id, files: own }));
  throw new PipelineError(`${folder} has no images that end in _0000${ending}`, {
    code: 'no-cases',
    remedy: `Name them CASE_0000${ending}, one file for each channel.`,
  });
}

/** Labels `[z, y, x]` as a file like the image: the same grid for NIfTI, a grey picture otherwise. */
export async function writeLabels(
  file: string,
  labels: Uint8Array | Uint16Array,
  [, height, width]: readonly number[],
  image: string,
): Promise<void> {
  if (!/\.nii(\.gz)?$/.test(image)) return writeImage(file, { data: labels, shape: [height, width] });
  const { shape, spacing, affine } = await readNifti(image);
  await writeNifti(file, { data: labels, shape, spacing, affine });
}
