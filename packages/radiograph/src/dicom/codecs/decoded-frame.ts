import type { RawSamples } from '../samples.js';

/** What a codec makes of a frame. */
export interface DecodedFrame {
  height: number;
  width: number;
  channels: number;
  /** The samples of a pixel next to each other, 8 or 16 bits. */
  samples: RawSamples;
}
