import { join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { saveState } from '@fractura/tfjs-training';
import { encodeGraphModel, encodeOnnx, type KernelType } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';
import type { TrainedModel } from '../model/load-model.js';
import { preprocessingParameters } from './preprocessing-parameters.js';

/** The model to write, and where to. */
export interface ExportModelOptions {
  /** With one fold. */
  model: TrainedModel;
  /** An ONNX file where it ends in `.onnx`, else a folder for a TensorFlow.js graph model. */
  output: string;
  /** How a graph model's kernels are stored. Default float32. */
  kernels?: KernelType;
}

/**
 * Writes a fold's network for serving. What to do to images and logits is within the model and in a JSON beside it.
 *
 * @returns the files written, the model first.
 * @throws NnunetError `several-folds`
 */
export async function exportModel({ model, output, kernels }: ExportModelOptions): Promise<string[]> {
  const [network, ...others] = model.networks;
  if (others.length > 0) {
    throw new NnunetError(`The model has ${model.networks.length} folds; a file holds one network.`, {
      code: 'several-folds',
      remedy: 'Choose one with -f, or export each into a file of its own and average their logits.',
    });
  }
  const { architecture, inputChannels, outputChannels } = network;
  const parameters = preprocessingParameters(model);
  const shared = { architecture, inputChannels, outputChannels, weights: await saveState(network) };
  const json = `${JSON.stringify(parameters, undefined, 2)}\n`;
  if (output.endsWith('.onnx')) {
    const sidecar = output.replace(/\.onnx$/, '.preprocessing.json');
    await writeFileBeside(sidecar, json);
    const metadata = { preprocessing: JSON.stringify(parameters) };
    await writeFileBeside(output, encodeOnnx({ ...shared, metadata }));
    return [output, sidecar];
  }
  const patchSize = model.plan.patch_size;
  const { modelJson, shards } = encodeGraphModel({
    ...shared,
    patchSize,
    kernels,
    metadata: { preprocessing: parameters },
  });
  await makeFolder(output);
  for (const [name, bytes] of shards) {
    await writeFileBeside(join(output, name), bytes);
  }
  const sidecar = join(output, 'preprocessing.json');
  await writeFileBeside(sidecar, json);
  // Last, so that a folder with a model.json is complete.
  await writeFileBeside(join(output, 'model.json'), JSON.stringify(modelJson));
  return [join(output, 'model.json'), sidecar, ...[...shards.keys()].map((name) => join(output, name))];
}
