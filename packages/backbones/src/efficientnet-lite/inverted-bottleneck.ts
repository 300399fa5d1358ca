import { inSequence, type ParameterScope } from '@fractura/tfjs-training';
import type { Layer } from '../backbone/stages.js';
import type { BlockArchitecture } from './architecture.js';
import { sameConvolutionAndNorm } from './same-convolution-and-norm.js';

/**
 * The inverted residual bottleneck without squeeze and excitation: a 1x1 convolution that widens, a depthwise one, and a 1x1 one that
 * narrows, beside the identity where the shape stays.
 *
 * @see Sandler et al., MobileNetV2, arXiv:1801.04381, figure 4; efficientnet_lite_pytorch/model.py, MBConvBlock
 */
export function invertedBottleneck(
  scope: ParameterScope,
  { inputs, outputs, expansion, kernelSize, strides }: BlockArchitecture,
): Layer {
  const width = inputs * expansion;
  const expand =
    expansion === 1
      ? []
      : [
          sameConvolutionAndNorm(scope, {
            names: ['_expand_conv', '_bn0'],
            inputs,
            outputs: width,
            size: 1,
            activation: 'relu6',
          }),
        ];
  const filter = sameConvolutionAndNorm(scope, {
    names: ['_depthwise_conv', '_bn1'],
    outputs: width,
    size: kernelSize,
    strides,
    activation: 'relu6',
  });
  const project = sameConvolutionAndNorm(scope, {
    names: ['_project_conv', '_bn2'],
    inputs: width,
    outputs,
    size: 1,
  });
  const widened = [...expand, filter];
  const hasSkip = strides === 1 && inputs === outputs;
  return (x, training) => {
    const steps = widened.map((layer) => (y: typeof x) => layer(y, training));
    return inSequence(x, [...steps, (y) => project(y, training, { plus: hasSkip ? x : undefined })]);
  };
}
