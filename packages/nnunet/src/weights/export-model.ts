import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { encodeGraphModel, encodeOnnx, saveTensors } from '@fractura/unet-model';
import writeFileAtomic from 'write-file-atomic';
import { NnunetError } from '../errors.js';
import type { TrainedModel } from '../model/load-model.js';
import { preprocessingParameters } from './preprocessing-parameters.js';

/**
 * Writes a fold's network for serving: an ONNX file where `output` ends in `.onnx`, else a folder with a TensorFlow.js graph
 * model. What to do to images and logits is within the model and in a JSON beside it.
 *
 * @returns the files written, the model first.
 * @throws NnunetError `several-folds`
 */
export async function exportModel(model: TrainedModel, output: string): Promise<string[]> {
  const [network, ...others] = model.networks;
  if (others.length > 0) {
    throw new NnunetError(`The model has ${model.networks.length} folds; a file holds one network.`, {
      code: 'several-folds',
      remedy: 'Choose one with -f, or export each into a file of its own and average their logits.',
    });
  }
  const { architecture, inputChannels, outputChannels } = network;
  const parameters = preprocessingParameters(model);
  const tensors = await saveTensors(network);
  const shared = { architecture, inputChannels, outputChannels, tensors };
  const json = `${JSON.stringify(parameters, undefined, 2)}\n`;
  if (output.endsWith('.onnx')) {
    const sidecar = output.replace(/\.onnx$/, '.preprocessing.json');
    await writeFileAtomic(sidecar, json);
    const metadata = { preprocessing: JSON.stringify(parameters) };
    await writeFileAtomic(output, Buffer.from(encodeOnnx({ ...shared, metadata })));
    return [output, sidecar];
  }
  const patchSize = model.plan.patch_size;
  const { modelJson, shards } = encodeGraphModel({ ...shared, patchSize, metadata: { preprocessing: parameters } });
  await makeFolder(output);
  for (const [name, bytes] of shards) {
    await writeFileAtomic(join(output, name), Buffer.from(bytes));
  }
  const sidecar = join(output, 'preprocessing.json');
  await writeFileAtomic(sidecar, json);
  // Last, so that a folder with a model.json is complete.
  await writeFileAtomic(join(output, 'model.json'), JSON.stringify(modelJson));
  return [join(output, 'model.json'), sidecar, ...[...shards.keys()].map((name) => join(output, name))];
}
