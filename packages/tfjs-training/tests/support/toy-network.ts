import { ParameterScope, type Initialiser, type NetworkState, type Parameter } from '../../src/index.js';

/** Whole numbers from 0 in PyTorch's order, so that every element can be told apart. */
const counting: Initialiser = ({ torchShape }) =>
  Float32Array.from({ length: torchShape.reduce((product, extent) => product * extent, 1) }, (_, i) => i);

/** One tensor of every kind; whoever made it disposes it. */
export function toyNetwork(): NetworkState & { parameters: readonly Parameter[]; dispose: () => void } {
  const scope = new ParameterScope(counting);
  const block = scope.within('block').within('0');
  block.parameter('conv.weight', 'kernel', [2, 3, 1, 2]);
  block.parameter('conv.bias', 'cancelledBias', [2]);
  block.statistic('norm.running_mean', 'runningMean', 2);
  block.counter('norm.num_batches_tracked');
  scope.parameter('fc.weight', 'denseKernel', [2, 3]);
  return {
    state: scope.state,
    parameters: scope.parameters,
    dispose: () => {
      scope.dispose();
    },
  };
}
