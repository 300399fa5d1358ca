import type { CommandContext } from '@fractura/command-line';
import { engineNames, useEngine } from '@fractura/tfjs-engine';
import { startEngine } from '@fractura/tfjs-engine/options';
import { loadModel, type LoadModelOptions, type TrainedModel } from '../model/load-model.js';
import { onnxRuntimeEngine, openOnnxNetworks } from '../model/onnx-networks.js';

/** The option that chooses what computes a prediction: an engine, or ONNX Runtime. */
export const predictingEngineOption = {
  engine: {
    kind: 'string',
    describe: 'engine (default: the fastest that works); onnxruntime needs the package onnxruntime-node',
    choices: [...engineNames, onnxRuntimeEngine],
  },
} as const;

/** The model, and what computes it. */
export interface PredictingEngine extends LoadModelOptions {
  engine?: (typeof predictingEngineOption.engine.choices)[number];
  /** The GPUs it may use. */
  gpus?: readonly string[];
}

/** Starts what computes and loads the model for it; says what it is. ONNX Runtime takes the networks over from TensorFlow.js. */
export async function loadOntoEngine(
  { engine, gpus, ...which }: PredictingEngine,
  context: Pick<CommandContext, 'note'>,
): Promise<TrainedModel> {
  const { note } = context;
  if (engine !== onnxRuntimeEngine) {
    await startEngine({ engine, gpus }, context);
    return loadModel({ ...which, note });
  }
  await useEngine({ prefer: 'cpu' });
  const model = await loadModel({ ...which, note });
  try {
    const { networks, version, dispose } = await openOnnxNetworks(model.networks);
    note(`Engine: ${onnxRuntimeEngine} ${version}`);
    return { ...model, foreignNetworks: networks, dispose: () => void dispose() };
  } finally {
    model.dispose();
  }
}
