import { architectureOf, layerWidths, type ResnetDepth } from './architecture.js';

export interface EstimateFlopsOptions {
  /** Default 18. */
  depth?: ResnetDepth;
  inputChannels: number;
  /** Pixels. */
  height: number;
  width: number;
  batchSize: number;
  /** Default 2. */
  classes?: number;
}

/** Work of one pass over a batch, in 1e9 floating-point operations. */
export interface FlopsEstimate {
  forwardGflop: number;
  /** Forward, and the gradients of inputs and kernels; the image needs no gradient. */
  trainingStepGflop: number;
  /** Trained numbers. */
  parameters: number;
}

/**
 * Counts two operations for each multiplication of convolutions and the classifying layer; norms, activations and
 * pooling are left out.
 */
export function estimateFlops({
  depth = 18,
  inputChannels,
  height,
  width,
  batchSize,
  classes = 2,
}: EstimateFlopsOptions): FlopsEstimate {
  const { block, blocks, expansion } = architectureOf(depth);
  const total = { flops: 0, parameters: 0 };
  const halve = (extent: number) => Math.ceil(extent / 2);
  let [rows, columns] = [halve(height), halve(width)];
  const countConvolution = (size: number, inputs: number, outputs: number) => {
    const weights = size * size * inputs * outputs;
    total.flops += 2 * weights * rows * columns;
    total.parameters += weights + 2 * outputs;
  };

  countConvolution(7, inputChannels, layerWidths[0]);
  const stem = total.flops;
  [rows, columns] = [halve(rows), halve(columns)];
  let inputs: number = layerWidths[0];
  layerWidths.forEach((layerWidth, layer) => {
    const outputs = layerWidth * expansion;
    for (let b = 0; b < blocks[layer]; b += 1) {
      const strided = b === 0 && layer > 0;
      if (block === 'bottleneck') {
        countConvolution(1, inputs, layerWidth);
      }
      if (strided) {
        [rows, columns] = [halve(rows), halve(columns)];
      }
      countConvolution(3, block === 'bottleneck' ? layerWidth : inputs, layerWidth);
      if (block === 'bottleneck') {
        countConvolution(1, layerWidth, outputs);
      } else {
        countConvolution(3, layerWidth, outputs);
      }
      if (strided || inputs !== outputs) {
        countConvolution(1, inputs, outputs);
      }
      inputs = outputs;
    }
  });
  total.flops += 2 * inputs * classes;
  total.parameters += (inputs + 1) * classes;

  const batchGflop = (flops: number) => (flops * batchSize) / 1e9;
  return {
    forwardGflop: batchGflop(total.flops),
    trainingStepGflop: batchGflop(3 * total.flops - stem),
    parameters: total.parameters,
  };
}
