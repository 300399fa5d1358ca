import { readArchitecture, resolveNetworkConfiguration } from '@fractura/nnunet-format';
import type { StateDict } from '@fractura/tfjs-training';
import type { Checkpoint } from '@fractura/tfjs-training/checkpoints';
import { OrderedDict, PythonFloat, PythonTuple, TorchDevice, type PythonInput } from '@fractura/torch-weights';
import { stateDictNames, type CheckpointRecord, type NnunetRecipeOptions } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';

/**
 * Refuses a network that nnU-Net cannot build.
 *
 * @throws NnunetError `network-not-nnunets`
 */
export function requireNnunetNetwork(weights: StateDict, file: string): void {
  const backbone = weights.has('encoder._conv_stem.weight')
    ? 'EfficientNet-Lite'
    : weights.has('encoder.conv1.weight')
      ? 'ResNet'
      : undefined;
  if (backbone !== undefined) {
    throw new NnunetError(`${file} is a U-Net on the backbone ${backbone}, which nnU-Net cannot build.`, {
      code: 'network-not-nnunets',
      remedy:
        'Export it as ONNX or as a graph model with weights export, or train the plan’s own network, which nnU-Net has.',
    });
  }
}

/**
 * A checkpoint of ours as nnU-Net's: what its trainer and its predictor read with `torch.load`.
 *
 * @param order names of the network's parameters in the optimizer's order.
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, save_checkpoint
 */
export function toNnunetCheckpoint(
  { record, weights, optimizer }: Checkpoint<CheckpointRecord>,
  order: readonly string[],
): OrderedDict {
  const { init_args: args, state, trainer_name: trainer } = record;
  const { plans, configuration, fold, dataset_json, inference_allowed_mirroring_axes: axes } = args;
  const momenta = new Map<number, PythonInput>();
  for (const [i, name] of order.entries()) {
    const momentum = optimizer.get(`momentum.${name}`);
    if (momentum) {
      momenta.set(i, { momentum_buffer: momentum });
    }
  }
  const { architecture } = resolveNetworkConfiguration(plans, configuration);
  const networkWeights = stateDictNames(order, readArchitecture(architecture)).map(
    ({ name, tensor }) => [name, weights.get(tensor)!] as const,
  );
  const entries: [string, PythonInput][] = [
    ['network_weights', new OrderedDict(networkWeights)],
    [
      'optimizer_state',
      { state: momenta, param_groups: [{ ...optimizerSettings(record), params: [...order.keys()] }] },
    ],
    ['grad_scaler_state', null],
    ['logging', state.log],
    ['_best_ema', state.bestEma === null ? null : new PythonFloat(state.bestEma)],
    ['current_epoch', state.epoch],
    ['init_args', { plans, configuration, fold, dataset_json, device: new TorchDevice('cpu') }],
    // It has no class for our recipes: its own goes on from their weights.
    ['trainer_name', args.recipe === undefined || args.recipe.name === 'nnunet' ? trainer : 'nnUNetTrainer'],
    ['inference_allowed_mirroring_axes', axes === null ? null : PythonTuple.over(axes)],
  ];
  return new OrderedDict(entries as [string, never][]);
}

/** The state of PyTorch's SGD as nnU-Net sets it up, with the settings of this training. */
function optimizerSettings({ init_args: { recipe }, state: { log } }: CheckpointRecord) {
  // Another recipe's optimizer is not nnU-Net's: it begins anew there, as by default.
  const settings = recipe?.name === 'nnunet' ? recipe.settings : {};
  const { learningRate = 0.01, momentum = 0.99, weightDecay = 3e-5 } = settings as NnunetRecipeOptions;
  return {
    lr: log.lrs.at(-1) ?? learningRate,
    momentum: new PythonFloat(momentum),
    dampening: 0,
    weight_decay: weightDecay,
    nesterov: true,
    maximize: false,
    foreach: null,
    differentiable: false,
    fused: null,
    initial_lr: learningRate,
  };
}
