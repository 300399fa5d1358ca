import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

/**
 * What a parameter is for. It decides the initial values, the layout in memory and what the optimizer does.
 * A `cancelledBias` precedes an instance norm, which subtracts it again: it is never added, its gradient is zero,
 * and it travels in checkpoints only.
 */
export type ParameterRole = 'kernel' | 'transposedKernel' | 'bias' | 'cancelledBias' | 'normScale' | 'normOffset';

/** One trainable tensor of a network under its name in nnU-Net's `state_dict`. */
export interface Parameter {
  readonly name: string;
  readonly role: ParameterRole;
  /** Shape in PyTorch's layout: kernels `[out, in, ...]`, transposed kernels `[in, out, ...]`. */
  readonly torchShape: readonly number[];
  /** The values in TensorFlow's layout: kernels `[..., in, out]`, transposed kernels `[..., out, in]`. */
  readonly variable: Variable;
}

/** Gives the initial values, in PyTorch's layout, of a parameter about to be made. */
export type Initialiser = (parameter: {
  name: string;
  role: ParameterRole;
  torchShape: readonly number[];
}) => Float32Array;

/** Collects the parameters of a network in the order in which they are made, under dotted names. */
export class ParameterScope {
  constructor(
    readonly initialise: Initialiser,
    readonly parameters: Parameter[] = [],
    readonly prefix = '',
  ) {}

  within(name: string): ParameterScope {
    return new ParameterScope(this.initialise, this.parameters, `${this.prefix}${name}.`);
  }

  make(name: string, role: ParameterRole, torchShape: readonly number[]): Variable {
    const full = `${this.prefix}${name}`;
    const values = this.initialise({ name: full, role, torchShape });
    const initial = fromTorchLayout(values, torchShape);
    const variable = tf.variable(initial);
    initial.dispose();
    this.parameters.push({ name: full, role, torchShape, variable });
    return variable;
  }
}

/** PyTorch's kernel `[a, b, ...spatial]` as TensorFlow's `[...spatial, b, a]`; vectors stay. Caller disposes. */
export function fromTorchLayout(values: Float32Array, torchShape: readonly number[]): Tensor {
  return tf.tidy(() => {
    const tensor = tf.tensor(values, [...torchShape], 'float32');
    return torchShape.length > 1 ? tf.transpose(tensor, kernelAxes(torchShape.length).toTensorFlow) : tensor;
  });
}

/** The inverse of {@link fromTorchLayout}: `[...spatial, b, a]` as `[a, b, ...spatial]`. Caller disposes. */
export function toTorchLayout(tensor: Tensor): Tensor {
  return tensor.rank > 1 ? tf.transpose(tensor, kernelAxes(tensor.rank).toTorch) : tf.clone(tensor);
}

function kernelAxes(rank: number) {
  const spatial = Array.from({ length: rank - 2 }, (_, i) => i);
  return { toTensorFlow: [...spatial.map((i) => i + 2), 1, 0], toTorch: [rank - 1, rank - 2, ...spatial] };
}
