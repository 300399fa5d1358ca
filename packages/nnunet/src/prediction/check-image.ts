import { channelFileName } from '@fractura/nnunet-format';
import type { ImageVolume } from '@fractura/nnunet-planner';
import { NnunetError } from '../errors.js';

/** A case, and what a model takes. */
export interface ImageExpectation {
  id: string;
  files: readonly string[];
  /** Channels of the model. */
  channels: number;
  /** File ending of its data set. */
  ending: string;
}

/**
 * The image of a case as a model can take it. A colour picture of which all channels are equal is taken as grey by a model of one
 * channel; an alpha channel, the fourth, does not count.
 *
 * @throws NnunetError `channels-missing`, `voxels-not-finite`; both name the case.
 */
export function checkImage(image: ImageVolume, expected: ImageExpectation): ImageVolume {
  const { id } = expected;
  const taken = withChannels(image, expected);
  const flawed = taken.data.reduce((count, voxel) => count + (Number.isFinite(voxel) ? 0 : 1), 0);
  if (flawed > 0) {
    throw new NnunetError(`Case ${id}: ${flawed} of ${taken.data.length} voxels are NaN or infinite.`, {
      code: 'voxels-not-finite',
      remedy: 'Replace them, for instance by the background’s value, or export the image again.',
    });
  }
  return taken;
}

function withChannels(image: ImageVolume, { id, files, channels: wanted, ending }: ImageExpectation): ImageVolume {
  const [count, ...size] = image.shape;
  if (count === wanted) {
    return image;
  }
  const isColour = files.length === 1 && count > 1;
  if (isColour && wanted === 1) {
    const grey = greyOf(image);
    if (grey !== undefined) {
      return { ...image, data: grey, shape: [1, ...size] as ImageVolume['shape'] };
    }
  }
  if (isColour) {
    throw new NnunetError(
      `Case ${id}: the file has ${count} channels${wanted === 1 ? ' that differ' : ''}, the model wants ${wanted}.`,
      {
        code: 'channels-missing',
        remedy: wanted === 1 ? 'Save the image as grey.' : `Give a file for each channel, ${examples(id, ending)}.`,
      },
    );
  }
  throw new NnunetError(`Case ${id} has ${count} channels, the model takes ${wanted}.`, {
    code: 'channels-missing',
    remedy: `Give one file for each channel, ${examples(id, ending)}.`,
  });
}

const examples = (id: string, ending: string) => `${channelFileName(id, 0, ending)} and so on`;

/** The one plane of a picture whose colours are all grey: of red, green and blue, or of grey with alpha. */
function greyOf({ data, shape: [channels, ...size] }: ImageVolume): Float32Array | undefined {
  const voxels = size.reduce((product, side) => product * side, 1);
  const first = data.subarray(0, voxels);
  const colours = channels === 2 ? 1 : Math.min(channels, 3);
  for (let colour = 1; colour < colours; colour += 1) {
    const other = data.subarray(colour * voxels, (colour + 1) * voxels);
    if (other.some((level, i) => level !== first[i])) {
      return undefined;
    }
  }
  return channels <= 4 ? first.slice() : undefined;
}
