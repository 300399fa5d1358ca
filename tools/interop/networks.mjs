// Compares random plans' networks with those of dynamic_network_architectures: names and shapes of the state_dict, and all outputs.
//
//   npm run interop -- networks [COUNT] [SEED]
//
// random_networks.py makes them: 2D and 3D, plain and residual, kernels and strides that differ by axis and stage.
// FRACTURA_ENGINE chooses the engine.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { infer, loadState } from '@fractura/tfjs-training';
import { useEngine } from '@fractura/tfjs-engine';
import { readSafetensors, toFloat32 } from '@fractura/torch-weights';
import { buildUnet, stateDictNames } from '@fractura/unet-model';
import { callScript } from './programs.mjs';

/** Of the largest value of an output; or, where PyTorch itself is as far from float64, three times that. */
const tolerance = 1e-4;
const [count = '60', seed = '1'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'fractura-networks-'));
const { name: engine } = await useEngine(
  process.env.FRACTURA_ENGINE === undefined ? {} : { prefer: process.env.FRACTURA_ENGINE },
);

/** What differs in one network; empty if nothing does. */
async function differences(file) {
  const { tensors, metadata } = await readSafetensors(file);
  const architecture = JSON.parse(metadata.architecture);
  const sizes = { inputChannels: Number(metadata.inputs), outputChannels: Number(metadata.outputs) };
  const network = buildUnet({ architecture, ...sizes });
  const found = [];
  const shapes = new Map(network.parameters.map(({ name, torchShape }) => [name, torchShape.join()]));
  const names = stateDictNames([...shapes.keys()]);
  const theirs = JSON.parse(metadata.names);
  if (names.map(({ name }) => name).join() !== theirs.join()) {
    found.push('names or their order');
  }
  for (const { name, tensor } of names) {
    const shape = tensors.get(name)?.shape.join();
    if (shape !== shapes.get(tensor)) {
      found.push(`${name}: ${shape} and ${shapes.get(tensor)}`);
    }
  }
  if (found.length === 0) {
    const weights = theirs.map((name) => [
      name,
      { shape: tensors.get(name).shape, data: toFloat32(tensors.get(name)) },
    ]);
    loadState(network, new Map(weights), { ignoreOthers: true });
    const last = (rank) => [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
    const first = (rank) => [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)];
    const { shape, ...input } = tensors.get('input');
    const x = tf.transpose(tf.tensor(toFloat32({ shape, ...input }), shape), last(shape.length));
    // `infer` takes what a network gives at inference; deep supervision's lower heads are training's.
    const all = tf.tidy(() => network.forward(x, { deepSupervision: true }).logits);
    for (const [i, output] of [infer(() => network.forward(x).logits[0]), ...all].entries()) {
      const expected = tensors.get(`logits.${Math.max(i - 1, 0)}`);
      const values = await tf.transpose(output, first(shape.length)).data();
      const wanted = toFloat32(expected);
      const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const error = wanted.reduce((most, value, j) => Math.max(most, Math.abs(value - values[j])), 0) / largest;
      const allowed = Math.max(tolerance, 3 * JSON.parse(metadata.errors)[Math.max(i - 1, 0)]);
      worst = Math.max(worst, error);
      if (values.length !== wanted.length || !(error <= allowed)) {
        found.push(`output ${i} by ${error.toExponential(1)}`);
      }
    }
  }
  network.dispose();
  tf.disposeVariables();
  return found.map((what) => `${what} in ${JSON.stringify(architecture)}`);
}

let worst = 0;
try {
  callScript('random_networks.py', [count, seed, folder], folder);
  const files = readdirSync(folder).sort();
  const failures = [];
  for (const name of files) {
    failures.push(...(await differences(join(folder, name))));
  }
  for (const failure of failures) {
    console.log(`  ${failure}`);
  }
  const what = `${files.length} networks on ${engine}: ${failures.length} differences, outputs within ${worst.toExponential(1)}`;
  console.log(`${failures.length === 0 ? 'holds' : 'FAILS'}  ${what}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
