import { BackbonesError } from '../errors.js';
import { efficientnetLiteVersions, type EfficientnetLiteVersion } from '../efficientnet-lite/architecture.js';
import { resnetDepths, type ResnetDepth } from '../resnet/architecture.js';

/** How a backbone is called: as its published network is. */
export type BackboneName = `resnet${ResnetDepth}` | `efficientnet-lite${EfficientnetLiteVersion}`;

export const backboneNames: readonly BackboneName[] = [
  ...resnetDepths.map((depth) => `resnet${depth}` as const),
  ...efficientnetLiteVersions.map((version) => `efficientnet-lite${version}` as const),
];

/**
 * A backbone's name as a user writes it.
 *
 * @throws BackbonesError `backbone-unknown`
 */
export function parseBackboneName(name: string): BackboneName {
  const known = backboneNames.find((each) => each === name);
  if (known !== undefined) {
    return known;
  }
  throw new BackbonesError(`There is no backbone "${name}".`, {
    code: 'backbone-unknown',
    remedy: `Choose from ${backboneNames.join(', ')}.`,
  });
}
