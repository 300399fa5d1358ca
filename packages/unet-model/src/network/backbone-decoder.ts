import { convolutionAndNorm, type FeatureStage } from '@fractura/backbones';
import { inSequence, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';

/** Takes a backbone's feature maps to one map of the highest resolution among them. */
export type BackboneDecoder = (maps: readonly Tensor[], training: boolean) => Tensor;

/** What batch norms add to the variance: PyTorch's default. */
export const normEpsilon = 1e-5;

/**
 * From the deepest map upwards: nearest upsampling by two, concatenation with the backbone's map of that size, and two 3x3
 * convolutions, each with batch norm and ReLU. Parameters `LEVEL.conv1.*`, `LEVEL.bn1.*`, `LEVEL.conv2.*`, `LEVEL.bn2.*`.
 *
 * @param stages of the backbone, highest resolution first.
 * @param channels of each level, the deepest first; one fewer than stages.
 */
export function backboneDecoder(
  scope: ParameterScope,
  stages: readonly FeatureStage[],
  channels: readonly number[],
): BackboneDecoder {
  const levels = channels.map((outputs, level) => {
    const skip = stages.length - 2 - level;
    const below = level === 0 ? stages.at(-1)!.channels : channels[level - 1];
    const own = scope.within(String(level));
    const layer = (order: number, inputs: number) =>
      convolutionAndNorm(own, {
        names: [`conv${order}`, `bn${order}`],
        inputs,
        outputs,
        size: 3,
        activation: 'relu',
        epsilon: normEpsilon,
      });
    const first = layer(1, below + stages[skip].channels);
    const second = layer(2, outputs);
    return { skip, first, second };
  });
  return (maps, training) => {
    let x = maps.at(-1)!;
    for (const { skip, first, second } of levels) {
      x = inSequence(x, [
        (deeper) => first(maps[skip], training, { deeper }),
        (features) => second(features, training),
      ]);
    }
    return x;
  };
}
