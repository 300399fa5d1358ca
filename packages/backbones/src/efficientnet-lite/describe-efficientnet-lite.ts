import { BackboneDescriber, type BackboneDescription } from '../description/backbone-description.js';
import { blocksOf, type EfficientnetLiteVersion } from './architecture.js';

/** The operations of `efficientnetLiteBackbone`. */
export function describeEfficientnetLite(
  version: EfficientnetLiteVersion,
  { input, prefix }: { input: string; prefix: string },
): BackboneDescription {
  const describer = new BackboneDescriber(prefix, 1e-3, 'relu6');
  const pointwise = { strides: 1, padding: 'same', depthwise: false } as const;
  let x = describer.convolution(input, {
    names: ['_conv_stem', '_bn0'],
    strides: 2,
    padding: 'same',
    depthwise: false,
  });
  const blocks = blocksOf(version);
  const maps = blocks.flatMap(({ inputs, outputs, expansion, strides }, i) => {
    const name = `_blocks.${i}`;
    const names = (convolution: string, norm: string) => [`${name}.${convolution}`, `${name}.${norm}`] as const;
    const wide = expansion === 1 ? x : describer.convolution(x, { ...pointwise, names: names('_expand_conv', '_bn0') });
    const filtered = describer.convolution(wide, {
      names: names('_depthwise_conv', '_bn1'),
      strides,
      padding: 'same',
      depthwise: true,
    });
    const narrow = describer.convolution(filtered, { ...pointwise, names: names('_project_conv', '_bn2') }, false);
    x = strides === 1 && inputs === outputs ? describer.add(narrow, x, name) : narrow;
    const isLast = i === blocks.length - 1 || blocks[i + 1].strides === 2;
    return isLast ? [x] : [];
  });
  return { steps: describer.steps, maps };
}
