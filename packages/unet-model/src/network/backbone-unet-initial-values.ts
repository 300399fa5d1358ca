import { elementCount } from '@fractura/array-files';
import { RandomState } from '@fractura/python-compat';
import { zeros, type Initialiser } from '@fractura/tfjs-training';

export interface BackboneUnetInitialiserOptions {
  /** Of the backbone, under its published names. */
  encoder: Initialiser;
  seed: number;
  /** Of the segmentation head's bias, one for each output; default 0. */
  segmentationBias?: readonly number[];
}

/**
 * The backbone's initial values for `encoder.*`. For the rest PyTorch's of `Conv2d` and `Linear`, uniform within 1 / sqrt(fan in),
 * with norms 1 and 0 and the given bias of the segmentation head; PyTorch's random numbers differ.
 *
 * @see torch/nn/modules/conv.py, _ConvNd.reset_parameters
 */
export function backboneUnetInitialiser({
  encoder,
  seed,
  segmentationBias,
}: BackboneUnetInitialiserOptions): Initialiser {
  const random = new RandomState(seed);
  let fanIn = 1;
  return (tensor) => {
    const { name, role, torchShape } = tensor;
    if (name.startsWith('encoder.')) {
      return encoder({ ...tensor, name: name.slice('encoder.'.length) });
    }
    const values = zeros(tensor);
    if (name === 'segmentation.bias') {
      return Float32Array.from(segmentationBias ?? values);
    }
    if (role === 'normScale' || role === 'runningVariance') {
      return values.fill(1);
    }
    if (role === 'kernel' || role === 'denseKernel') {
      fanIn = elementCount(torchShape.slice(1));
    }
    if (role === 'kernel' || role === 'denseKernel' || role === 'denseBias') {
      // A dense bias follows its kernel and has its fan in.
      const bound = 1 / Math.sqrt(fanIn);
      return values.map(() => bound * (2 * random.randomSample() - 1));
    }
    return values;
  };
}
