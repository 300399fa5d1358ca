import type { Variable } from '@tensorflow/tfjs';

/**
 * What a trained tensor is for; initial values depend on it.
 *
 * A `cancelledBias` precedes a norm, which subtracts it again: it is never added, its gradient is zero, and it is there for
 * checkpoints only.
 */
export type ParameterRole =
  'kernel' | 'transposedKernel' | 'bias' | 'cancelledBias' | 'normScale' | 'normOffset' | 'denseKernel' | 'denseBias';

/** What a tensor is for that follows the batches instead of the gradient. */
export type StatisticRole = 'runningMean' | 'runningVariance';

/** A tensor that an optimizer changes, under its name in PyTorch's `state_dict`. */
export interface Parameter {
  readonly name: string;
  readonly role: ParameterRole;
  /** Shape in PyTorch's layout: kernels `[out, in, ...spatial]`, transposed ones `[in, out, ...spatial]`, dense ones `[out, in]`. */
  readonly torchShape: readonly number[];
  /** float32, in TensorFlow's layout: kernels `[...spatial, in, out]`, transposed ones `[...spatial, out, in]`, dense ones `[in, out]`. */
  readonly variable: Variable;
}

/** A running statistic of a batch norm, `[channels]`, float32, under its name in PyTorch's `state_dict`. */
export interface RunningStatistic extends Omit<Parameter, 'role'> {
  readonly role: StatisticRole;
}

/** The number of batches that a batch norm has seen in training; PyTorch's `num_batches_tracked`. */
export interface BatchCounter {
  readonly name: string;
  count: number;
}

/** One entry of a network's `state_dict`. */
export type StateEntry = Parameter | RunningStatistic | BatchCounter;

/** What has a `state_dict`: a network. */
export interface NetworkState {
  /** Everything in PyTorch's `state_dict`, in its order: parameters, running statistics, batch counters. */
  readonly state: readonly StateEntry[];
}

export const isCounter = (entry: StateEntry): entry is BatchCounter => 'count' in entry;

export const isParameter = (entry: StateEntry): entry is Parameter =>
  !isCounter(entry) && entry.role !== 'runningMean' && entry.role !== 'runningVariance';
