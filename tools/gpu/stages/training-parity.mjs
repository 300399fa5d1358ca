/** Three training steps of each network on WebGPU and on the WASM engine: the losses, and what the steps made of every parameter. */
import { useEngine } from '@fractura/tfjs-engine';
import { MixedPrecision } from '@fractura/tfjs-training';
import { nnunetRecipe, smallLesionsRecipe } from '@fractura/unet-model';
import { balancedRecipe } from '@fractura/resnet18-classifier';
import { openNetwork } from '../../../packages/resnet18-classifier/src/training/open-network.ts';
import { trainOnBatch } from '../../../packages/resnet18-classifier/src/training/batch-steps.ts';
import { relativeDifference, valuesOf } from '../compare-values.mjs';
import { openTraining, planOfSize } from '../open-training.mjs';
import { record } from '../record.mjs';

/** Of a tiny run, the fewest stages and pixels that still have every kind of layer. */
export const plan = {
  run: ({ tiny }) => {
    const sized = tiny ? planOfSize(16, 1, [4, 8, 8]) : planOfSize(64, 2);
    return compare(`plan's U-Net, ${tiny ? 16 : 64} px`, tiny, () =>
      openTraining(sized, nnunetRecipe({ augmentation: 'none' })),
    );
  },
};

export const smallLesions = {
  run: ({ tiny }) => {
    const edge = tiny ? 64 : 128;
    return compare(`small-lesions on EfficientNet-Lite0, ${edge} px`, tiny, () =>
      openTraining(planOfSize(edge, 2), smallLesionsRecipe({ frozenStride: 0 })),
    );
  },
};

export const classifier = {
  run: ({ tiny }) => {
    const edge = tiny ? 32 : 96;
    return compare(`ResNet-18 classifier, ${edge} px`, tiny, () => openClassifier(edge));
  },
};

async function compare(name, tiny, open) {
  const steps = tiny ? 1 : 3;
  const [wasm, webgpu] = [await train('wasm', steps, open), await train('webgpu', steps, open)];
  const shown = (losses) => losses.map((loss) => loss.toFixed(6)).join(', ');
  record(`${name}: losses`, `WebGPU ${shown(webgpu.losses)}; WASM ${shown(wasm.losses)}`);
  const off = wasm.parameters.map(({ name: parameter, values }, i) => ({
    parameter,
    // Weights, and how far the steps moved them: a weight hides an error in its gradient.
    weight: relativeDifference(webgpu.parameters[i].values, values),
    move: relativeDifference(moveOf(webgpu, i), moveOf(wasm, i)),
  }));
  const largest = (key) => off.reduce((most, one) => (one[key] > most[key] ? one : most));
  const worst = largest('weight');
  const moved = largest('move');
  const moves = off.map(({ move }) => move).sort((a, b) => a - b);
  record(
    `${name}: ${off.length} parameters after ${steps} steps`,
    `off by ${worst.weight.toExponential(1)} of the largest weight at most (${worst.parameter})`,
    {
      off,
    },
  );
  record(
    `${name}: their moves`,
    `off by ${moves[moves.length >> 1].toExponential(1)} of the largest move in the middle, ${moved.move.toExponential(1)} at most (${moved.parameter})`,
  );
}

const moveOf = ({ before, parameters }, i) => parameters[i].values.map((value, k) => value - before[i].values[k]);

async function train(engine, steps, open) {
  await useEngine({ prefer: engine });
  const { step, network, dispose } = await open();
  const read = () =>
    Promise.all(network.parameters.map(async ({ name, variable }) => ({ name, values: await valuesOf(variable) })));
  const before = await read();
  const losses = [];
  for (let i = 0; i < steps; i += 1) {
    losses.push(await step());
  }
  const parameters = await read();
  dispose();
  return { losses, before, parameters };
}

/** A training of the classifier, from weights and on images that seeds fix. */
function openClassifier(edge) {
  const recipe = balancedRecipe();
  const precision = new MixedPrecision('float32');
  const trained = openNetwork({ name: 'resnet18', inputChannels: 1, classes: 2, recipe, precision, seed: 1 });
  const batch = {
    data: Float32Array.from({ length: 4 * edge * edge }, (_, i) => Math.sin(12.9898 * i)),
    shape: [4, edge, edge, 1],
    labels: [0, 1, 0, 1],
  };
  return {
    network: trained.network,
    step: async () =>
      (await trainOnBatch(trained, batch, { learningRate: 1e-3, labelSmoothing: 0.05, frozenStride: 0 })).loss,
    dispose: () => {
      trained.network.dispose();
      trained.optimizer.dispose();
      trained.averaged?.dispose();
    },
  };
}
