import { resolveNetworkConfiguration } from '@fractura/nnunet-format';
import type { StateTensor } from '@fractura/tfjs-training';
import type { Checkpoint } from '@fractura/tfjs-training/checkpoints';
import { NumpyScalar, PythonFloat, TorchTensor, toFloat32, type PythonValue } from '@fractura/torch-weights';
import { nnunetRecipe, type CheckpointRecord } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';

/** An epoch of nnU-Net's trainer, and how many of them it has where its name does not say. */
const [nnunetIterations, nnunetEpochs] = [250, 1000];

/** What a file must have to be a checkpoint of nnU-Net's trainer, and not a network's weights alone. */
const requiredKeys = ['network_weights', 'init_args', 'trainer_name', 'current_epoch', 'logging'];

/** And what its `init_args` must have for its network to be known. */
const requiredArguments = ['plans', 'configuration', 'dataset_json'];

/** Whether the content of a `.pth` file is a checkpoint of nnU-Net's trainer. */
export function isNnunetCheckpoint(content: PythonValue): content is Map<PythonValue, PythonValue> {
  if (!(content instanceof Map) || !requiredKeys.every((key) => content.has(key))) {
    return false;
  }
  const args = content.get('init_args');
  return args instanceof Map && requiredArguments.every((key) => args.has(key));
}

/**
 * nnU-Net's checkpoint as one of ours.
 *
 * @param orderOf gives the names of the parameters, in the optimizer's order, of the network that a training is of.
 * @throws NnunetError `checkpoint-invalid` where the file is a network's weights alone, or lacks some.
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, load_checkpoint
 */
export function fromNnunetCheckpoint(
  content: PythonValue,
  file: string,
  orderOf: (record: CheckpointRecord) => readonly string[],
): Checkpoint<CheckpointRecord> {
  if (!isNnunetCheckpoint(content)) {
    throw new NnunetError(
      `${file} is not a checkpoint of nnU-Net's trainer: it lacks some of ${[...requiredKeys, ...requiredArguments].join(', ')}.`,
      {
        code: 'checkpoint-invalid',
        remedy: 'Convert the weights alone: fractura weights convert FILE.pth FILE.safetensors.',
      },
    );
  }
  const record = recordOf(content);
  const networkWeights = content.get('network_weights') as Map<PythonValue, PythonValue>;
  const optimizerState = content.get('optimizer_state');
  const states = optimizerState instanceof Map ? optimizerState.get('state') : undefined;
  const weights = new Map<string, StateTensor>();
  const optimizer = new Map<string, StateTensor>();
  for (const [i, name] of orderOf(record).entries()) {
    const tensor = networkWeights.get(name) ?? networkWeights.get(`module.${name}`);
    if (!(tensor instanceof TorchTensor)) {
      throw new NnunetError(`${file} has no weights ${name}, which the network of its plans has.`, {
        code: 'checkpoint-invalid',
        remedy: 'Convert a checkpoint that was trained with the plans in it.',
      });
    }
    weights.set(name, stateTensor(tensor));
    const state = states instanceof Map ? states.get(i) : undefined;
    const momentum = state instanceof Map ? state.get('momentum_buffer') : undefined;
    if (momentum instanceof TorchTensor) {
      optimizer.set(`momentum.${name}`, stateTensor(momentum));
    }
  }
  return { record, weights, optimizer };
}

const stateTensor = (tensor: TorchTensor): StateTensor => ({ shape: tensor.shape, data: toFloat32(tensor) });

function recordOf(content: Map<PythonValue, PythonValue>): CheckpointRecord {
  const plain = (key: string) => plainOf(content.get(key) ?? null);
  const { plans, configuration, fold, dataset_json } = plain('init_args') as CheckpointRecord['init_args'];
  const trainer = plain('trainer_name') as string;
  const named = /_(\d+)epochs?/.exec(trainer);
  return {
    trainer_name: trainer,
    init_args: {
      plans,
      configuration,
      fold,
      dataset_json,
      inference_allowed_mirroring_axes: plain('inference_allowed_mirroring_axes') as number[] | null,
      iterationsPerEpoch: nnunetIterations,
      seed: 0,
      epochs: named ? Number(named[1]) : nnunetEpochs,
      recipe: {
        name: 'nnunet',
        settings: nnunetRecipe({ augmentation: trainer.includes('NoDA') ? 'none' : 'default' }).settings,
      },
      batchSize: resolveNetworkConfiguration(plans, configuration).batch_size,
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
