import type { BackboneName } from '@fractura/backbones';

/** What distinguishes one U-Net on a backbone from another: plain data that a checkpoint carries. */
export interface BackboneUnetArchitecture {
  backbone: BackboneName;
  /** Channels of the decoder's levels, the deepest first: one fewer than the backbone has stages. Default 128, 64, 48, 32. */
  decoderChannels?: readonly number[];
  /** Logits of the presence head, which tells of each class whether the image has any of it; default 0, which is no head. */
  presence?: number;
  /** Whether logits are brought to the size of the image; `half`: half of it, as the decoder gives them. Default `full`. */
  outputSize?: 'full' | 'half';
}

const defaultChannels = [128, 64, 48, 32] as const;

/** An architecture with its defaults. */
export function completeArchitecture({
  backbone,
  decoderChannels = defaultChannels,
  presence = 0,
  outputSize = 'full',
}: BackboneUnetArchitecture): Required<BackboneUnetArchitecture> {
  return { backbone, decoderChannels: [...decoderChannels], presence, outputSize };
}
