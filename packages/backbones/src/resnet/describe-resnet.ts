import { BackboneDescriber, type BackboneDescription } from '../description/backbone-description.js';
import { architectureOf, layerWidths, type ResnetDepth } from './architecture.js';

/** The operations of `resnetBackbone`. */
export function describeResnet(
  depth: ResnetDepth,
  { input, prefix }: { input: string; prefix: string },
): BackboneDescription {
  const { block, blocks, expansion } = architectureOf(depth);
  const describer = new BackboneDescriber(prefix, 1e-5, 'relu');
  const stem = describer.convolution(input, { names: ['conv1', 'bn1'], strides: 2, padding: 3, depthwise: false });
  let x = describer.maxPool(stem);
  let channels: number = layerWidths[0];
  const maps = layerWidths.map((width, layer) => {
    for (let b = 0; b < blocks[layer]; b += 1) {
      const strides = b === 0 && layer > 0 ? 2 : 1;
      const outputs = width * expansion;
      x = residualBlock(x, `layer${layer + 1}.${b}`, strides, strides !== 1 || channels !== outputs);
      channels = outputs;
    }
    return x;
  });
  return { steps: describer.steps, maps: [stem, ...maps] };

  function residualBlock(from: string, name: string, strides: number, changesShape: boolean): string {
    // Kernel sizes; the stride sits in the first 3x3 convolution.
    const sizes = block === 'basic' ? [3, 3] : [1, 3, 1];
    const strided = sizes.indexOf(3);
    let y = from;
    sizes.forEach((size, i) => {
      const names = [`${name}.conv${i + 1}`, `${name}.bn${i + 1}`] as const;
      const how = { strides: i === strided ? strides : 1, padding: (size - 1) / 2, depthwise: false };
      y = describer.convolution(y, { names, ...how }, i < sizes.length - 1);
    });
    const shortcut = changesShape
      ? describer.convolution(
          from,
          { names: [`${name}.downsample.0`, `${name}.downsample.1`], strides, padding: 0, depthwise: false },
          false,
        )
      : from;
    return describer.activate(describer.add(y, shortcut, name));
  }
}
