import {
  NumpyScalar,
  OrderedDict,
  PythonFloat,
  PythonTuple,
  TorchDevice,
  TorchTensor,
  toFloat32,
  type PythonValue,
} from '@fractura/torch-weights';
import { stateDictNames, type CheckpointRecord, type LoadedCheckpoint, type NamedTensor } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';

/** nnU-Net's settings of SGD, as its optimizer's state tells them. */
const optimizerSettings = {
  momentum: new PythonFloat(0.99),
  dampening: 0,
  weight_decay: 3e-5,
  nesterov: true,
  maximize: false,
  foreach: null,
  differentiable: false,
  fused: null,
  initial_lr: 0.01,
};

/** An epoch of nnU-Net's trainer, and how many of them it has where its name does not say. */
const [nnunetIterations, nnunetEpochs] = [250, 1000];

/**
 * A checkpoint of ours as nnU-Net's: what its `torch.load` gives its trainer and its predictor.
 *
 * @param order names of the network's parameters in the optimizer's order.
 * @see reference/nnunet-v2/behaviour.md, sections 6.5 and 6.6
 */
export function toNnunetCheckpoint(
  { record, weights, momenta }: LoadedCheckpoint,
  order: readonly string[],
  prefix = 'optimizer.momentum.',
): OrderedDict {
  const { init_args: args, state, trainer_name: trainer } = record;
  const byName = new Map(weights.map((tensor) => [tensor.name, tensor]));
  const momentumOf = new Map(momenta.map(({ name, ...tensor }) => [name.slice(prefix.length), tensor]));
  const momentumStates = order.flatMap((name, i) => {
    const momentum = momentumOf.get(name);
    return momentum ? [[i, { momentum_buffer: momentum }] as const] : [];
  });
  const axes = args.inference_allowed_mirroring_axes;
  return new OrderedDict<never>([
    ['network_weights', new OrderedDict(stateDictNames(order).map(({ name, tensor }) => [name, byName.get(tensor)!]))],
    [
      'optimizer_state',
      {
        state: new Map(momentumStates),
        param_groups: [{ lr: state.log.lrs.at(-1) ?? 0.01, ...optimizerSettings, params: [...order.keys()] }],
      },
    ],
    ['grad_scaler_state', null],
    ['logging', state.log],
    ['_best_ema', state.bestEma === null ? null : new PythonFloat(state.bestEma)],
    ['current_epoch', state.epoch],
    [
      'init_args',
      {
        plans: args.plans,
        configuration: args.configuration,
        fold: args.fold,
        dataset_json: args.dataset_json,
        device: new TorchDevice('cpu'),
      },
    ],
    ['trainer_name', trainer],
    ['inference_allowed_mirroring_axes', axes === null ? null : PythonTuple.over(axes)],
  ] as unknown as [PythonValue, never][]);
}

/**
 * nnU-Net's checkpoint as one of ours.
 *
 * @param order names of the network's parameters in the optimizer's order.
 * @throws NnunetError `checkpoint-invalid` where the file is a network's weights alone.
 */
export function fromNnunetCheckpoint(content: PythonValue, order: readonly string[], file: string): LoadedCheckpoint {
  const keys = ['network_weights', 'init_args', 'trainer_name', 'current_epoch', 'logging'];
  const missing = content instanceof Map ? keys.filter((key) => !content.has(key)) : keys;
  if (!(content instanceof Map) || missing.length > 0) {
    throw new NnunetError(`${file} is no checkpoint of nnU-Net's: it lacks ${missing.join(', ')}.`, {
      code: 'checkpoint-invalid',
      remedy: 'Convert the weights alone: fractura weights convert FILE.pth FILE.safetensors.',
    });
  }
  const named = (name: string, tensor: PythonValue | undefined): NamedTensor[] =>
    tensor instanceof TorchTensor ? [{ name, shape: tensor.shape, data: toFloat32(tensor) }] : [];
  const weights = content.get('network_weights') as Map<PythonValue, PythonValue>;
  const optimizer = content.get('optimizer_state');
  const states = optimizer instanceof Map ? optimizer.get('state') : undefined;
  return {
    record: recordOf(content),
    weights: order.flatMap((name) => named(name, weights.get(name) ?? weights.get(`module.${name}`))),
    momenta: order.flatMap((name, i) => {
      const state = states instanceof Map ? states.get(i) : undefined;
      return named(`optimizer.momentum.${name}`, state instanceof Map ? state.get('momentum_buffer') : undefined);
    }),
  };
}

function recordOf(content: Map<PythonValue, PythonValue>): CheckpointRecord {
  const plain = (key: string) => plainOf(content.get(key) ?? null);
  const args = plain('init_args') as CheckpointRecord['init_args'];
  const trainer = plain('trainer_name') as string;
  const axes = plain('inference_allowed_mirroring_axes') as number[] | null;
  const named = /_(\d+)epochs?/.exec(trainer);
  return {
    trainer_name: trainer as CheckpointRecord['trainer_name'],
    init_args: {
      plans: args.plans,
      configuration: args.configuration,
      fold: args.fold,
      dataset_json: args.dataset_json,
      inference_allowed_mirroring_axes: axes,
      iterationsPerEpoch: nnunetIterations,
      seed: 0,
      epochs: named ? Number(named[1]) : nnunetEpochs,
      augmentation: trainer.includes('NoDA') ? 'none' : 'default',
      batchSize: Number(args.plans.configurations[args.configuration]?.batch_size ?? 0),
    },
    state: {
      epoch: plain('current_epoch') as number,
      iteration: 0,
      lossSum: 0,
      epochStart: 0,
      bestEma: plain('_best_ema') as number | null,
      log: plain('logging') as CheckpointRecord['state']['log'],
    },
  };
}

/** As JSON would hold it: dicts as objects, tuples as arrays, numpy's scalars as numbers. */
function plainOf(value: PythonValue): unknown {
  if (value instanceof NumpyScalar) {
    return Number(value.value);
  }
  if (value instanceof PythonFloat) {
    return value.value;
  }
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [keyOf(key), plainOf(item)]));
  }
  return Array.isArray(value) ? Array.from(value, plainOf) : value;
}

/** JSON's keys are texts: Python's ints become theirs. */
const keyOf = (key: PythonValue): string => (typeof key === 'string' ? key : JSON.stringify(plainOf(key)));
