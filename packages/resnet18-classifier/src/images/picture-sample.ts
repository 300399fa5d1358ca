import { join } from 'node:path';
import type { ImageSize, UnlabelledSample } from '../data/classifier-sample.js';
import { Resnet18ClassifierError } from '../errors.js';
import { resize } from '../transforms/resize.js';
import { toClassifierImage } from '../transforms/to-classifier-image.js';
import { readPicture } from './read-picture.js';

/** An image file as a sample: read upright, resized as torchvision does, from 0 to 1. Its id is `file`. */
export function pictureSample(folder: string, file: string, { height, width, channels }: ImageSize): UnlabelledSample {
  const kind = requireReadable(channels);
  return {
    id: file,
    image: async () => toClassifierImage(resize(await readPicture(join(folder, file), kind), { height, width })),
  };
}

function requireReadable(channels: number): 1 | 3 {
  if (channels === 1 || channels === 3) {
    return channels;
  }
  throw new Resnet18ClassifierError(`Image files cannot give the ${channels} channels that the classifier takes.`, {
    code: 'channels-unsupported',
    remedy: 'Use a classifier of grey (1) or colour (3) images; others are fed with arrays through loadClassifier.',
  });
}
