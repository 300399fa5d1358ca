import { describeValue } from '@fractura/errors';
import { UnetModelError } from '../errors.js';
import type { NetworkArchitecture } from '../network/segmentation-network.js';
import { describeBackboneUnet } from './describe-backbone-unet.js';
import { describeUnet } from './describe-unet.js';
import type { NetworkGraph } from './network-graph.js';

/**
 * Describes a network as a list of operations, for formats that other runtimes execute.
 *
 * @throws UnetModelError `architecture-invalid`
 */
export function describeNetwork(architecture: NetworkArchitecture, outputChannels: number): NetworkGraph {
  requireArchitecture(architecture);
  if (!Number.isSafeInteger(outputChannels) || outputChannels < 1) {
    throw new UnetModelError(`The network has ${describeValue(outputChannels)} output channels.`, {
      code: 'architecture-invalid',
      remedy: 'Give a whole number from 1 on, one for each class.',
    });
  }
  return 'backbone' in architecture
    ? describeBackboneUnet(architecture, outputChannels)
    : describeUnet(architecture, outputChannels);
}

/** A plan's `architecture` is another form of the same, and easily mistaken for it. */
function requireArchitecture(architecture: unknown): void {
  const { backbone, features, strides, arch_kwargs } = (architecture ?? {}) as Record<string, unknown>;
  if (typeof backbone === 'string' || (Array.isArray(features) && Array.isArray(strides))) {
    return;
  }
  throw new UnetModelError(
    arch_kwargs === undefined
      ? `The architecture is ${describeValue(architecture)}.`
      : 'The architecture is that of a plan, not of a network.',
    {
      code: 'architecture-invalid',
      remedy:
        'Give the architecture of a network that was built, or readArchitecture(plan.architecture) of @fractura/nnunet-format.',
    },
  );
}
