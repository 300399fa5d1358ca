import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

export type StateRole =
  'kernel' | 'denseKernel' | 'denseBias' | 'normScale' | 'normOffset' | 'runningMean' | 'runningVariance';

/** One tensor of a network under its name in torchvision's `state_dict`. */
export interface StateTensor {
  readonly name: string;
  readonly role: StateRole;
  /** Shape in PyTorch's layout: kernels `[out, in, height, width]`, dense kernels `[out, in]`. */
  readonly torchShape: readonly number[];
  /** The values in TensorFlow's layout: kernels `[height, width, in, out]`, dense kernels `[in, out]`. */
  readonly variable: Variable;
}

/** Batches that a batch norm has seen in training; PyTorch's `num_batches_tracked`. */
export interface BatchCounter {
  readonly name: string;
  count: number;
}

/** Gives the initial values, in PyTorch's layout, of a tensor about to be made. */
export type Initialiser = (tensor: { role: StateRole; torchShape: readonly number[] }) => Float32Array;

/** Collects the state of a network in the order in which it is made, under dotted names. */
export class StateScope {
  constructor(
    readonly initialise: Initialiser,
    readonly entries: (StateTensor | BatchCounter)[] = [],
    readonly prefix = '',
  ) {}

  within(name: string): StateScope {
    return new StateScope(this.initialise, this.entries, `${this.prefix}${name}.`);
  }

  make(name: string, role: StateRole, torchShape: readonly number[]): Variable {
    const initial = fromTorchLayout(this.initialise({ role, torchShape }), torchShape);
    const variable = tf.variable(initial, isTrained(role));
    initial.dispose();
    this.entries.push({ name: `${this.prefix}${name}`, role, torchShape, variable });
    return variable;
  }

  makeCounter(name: string): BatchCounter {
    const counter = { name: `${this.prefix}${name}`, count: 0 };
    this.entries.push(counter);
    return counter;
  }
}

/** Whether an optimizer changes tensors of this role; statistics follow the batches instead. */
export const isTrained = (role: StateRole): boolean => role !== 'runningMean' && role !== 'runningVariance';

export const isStateTensor = (entry: StateTensor | BatchCounter): entry is StateTensor => 'variable' in entry;

/** PyTorch's kernel `[out, in, ...spatial]` as TensorFlow's `[...spatial, in, out]`; vectors stay. Caller disposes. */
export function fromTorchLayout(values: Float32Array, torchShape: readonly number[]): Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(values, [...torchShape], 'float32');
    if (torchShape.length < 2) {
      return tensor;
    }
    return tf.transpose(tensor, torchShape.length === 4 ? [2, 3, 1, 0] : [1, 0]);
  });
}

/** The values of a tensor in TensorFlow's layout, in PyTorch's. */
export async function toTorchValues(tensor: Tensor): Promise<Float32Array> {
  if (tensor.rank < 2) {
    return (await tensor.data()) as Float32Array;
  }
  const torch = tf.transpose(tensor, tensor.rank === 4 ? [3, 2, 0, 1] : [1, 0]);
  try {
    return (await torch.data()) as Float32Array;
  } finally {
    torch.dispose();
  }
}
