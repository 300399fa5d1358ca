import { add, averagePool, inSequence, leakyRelu, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import { convBlock, type ConvBlockOptions } from './conv-block.js';

/**
 * The basic residual block of nnU-Net's residual encoder: two convolutions beside a skip path that pools where the
 * block has a stride and projects where the number of channels changes.
 *
 * @see nnU-Net: dynamic_network_architectures/building_blocks/residual.py, BasicBlockD
 */
export function residualBlock(
  scope: ParameterScope,
  options: Required<Omit<ConvBlockOptions, 'activation'>>,
): (x: Tensor) => Tensor {
  const { inputs, outputs, strides } = options;
  const conv1 = convBlock(scope.within('conv1'), options);
  const conv2 = convBlock(scope.within('conv2'), {
    ...options,
    inputs: outputs,
    strides: strides.map(() => 1),
    activation: false,
  });
  const skip = skipPath(scope, options);
  const activate = (x: Tensor) => leakyRelu(x, options.negativeSlope);
  return (x) => inSequence(x, [conv1, conv2, (y) => add(y, skip(x)), activate]);

  function skipPath(parent: ParameterScope, { kernelSize, normEpsilon }: ConvBlockOptions): (x: Tensor) => Tensor {
    const strided = strides.some((stride) => stride !== 1);
    const pool = strided ? (x: Tensor) => averagePool(x, { size: strides }) : (x: Tensor) => x;
    if (inputs === outputs) {
      return pool;
    }
    const project = convBlock(parent.within(`skip.${strided ? 1 : 0}`), {
      inputs,
      outputs,
      kernelSize: kernelSize.map(() => 1),
      bias: false,
      normEpsilon,
      activation: false,
    });
    return (x) => inSequence(x, [pool, project]);
  }
}
