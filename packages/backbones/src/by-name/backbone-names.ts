import { BackbonesError } from '../errors.js';
import { efficientnetLiteVersions, type EfficientnetLiteVersion } from '../efficientnet-lite/architecture.js';
import { resnetDepths, type ResnetDepth } from '../resnet/architecture.js';

/** How a backbone is called: as its published network is. */
export type BackboneName = `resnet${ResnetDepth}` | `efficientnet-lite${EfficientnetLiteVersion}`;

export const backboneNames: readonly BackboneName[] = [
  ...resnetDepths.map((depth) => `resnet${depth}` as const),
  ...efficientnetLiteVersions.map((version) => `efficientnet-lite${version}` as const),
];

/** What a name says: the family of networks and which of it. */
export type BackboneOfFamily =
  { family: 'resnet'; size: ResnetDepth } | { family: 'efficientnet-lite'; size: EfficientnetLiteVersion };

/**
 * The family and size that a name says.
 *
 * @throws BackbonesError `backbone-unknown`
 */
export function readBackboneName(name: string): BackboneOfFamily {
  const [, family, size] = /^(resnet|efficientnet-lite)(\d+)$/.exec(parseBackboneName(name))!;
  return { family, size: Number(size) } as BackboneOfFamily;
}

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
