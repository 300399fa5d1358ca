import { Resnet18ClassifierError } from '../errors.js';

/** Pixels of one image. */
export interface ClassifierImage {
  /** `[height, width, channels]`, usually 0 to 1. */
  data: Float32Array;
  height: number;
  width: number;
  channels: number;
}

/** How the numbers of a stored image are kept. */
export type LevelType = 'uint8' | 'uint16' | 'float32';

/** Where an image lies in a file of many, as plain data that a thread can be given. */
export interface StoredImage extends ImageSize {
  file: string;
  /** Bytes from the file's beginning. */
  offset: number;
  type: LevelType;
}

/** An image to classify. */
export interface UnlabelledSample {
  id: string;
  /** Reads the image, the same each time; what it gave is not changed and may be kept. */
  image: () => Promise<ClassifierImage> | ClassifierImage;
  /** Where `cacheImages` has put the image: threads read it there. */
  stored?: StoredImage;
}

/** An image whose class is known. */
export interface ClassifierSample extends UnlabelledSample {
  /** Index of the class. */
  label: number;
}

/** Height, width and channels that all images of a classifier share. */
export type ImageSize = Omit<ClassifierImage, 'data'>;

/**
 * Reads a sample's image and checks it.
 *
 * @throws Resnet18ClassifierError `image-invalid`
 */
export async function readImage({ id, image }: UnlabelledSample, size?: Partial<ImageSize>): Promise<ClassifierImage> {
  const read = await image();
  const { data, height, width, channels } = read;
  const invalid = (what: string) =>
    new Resnet18ClassifierError(`Image ${id} ${what}.`, {
      code: 'image-invalid',
      remedy: 'Give all images of a classifier the same height, width and channels, and numbers that are finite.',
    });
  const given = `${height}x${width}x${channels}`;
  if (data.length !== height * width * channels) {
    throw invalid(`has ${data.length} numbers; ${given} needs ${height * width * channels}`);
  }
  const expected = { height, width, channels, ...size };
  if (height !== expected.height || width !== expected.width || channels !== expected.channels) {
    throw invalid(`is ${given}, not ${expected.height}x${expected.width}x${expected.channels}`);
  }
  if (!data.every(Number.isFinite)) {
    throw invalid('holds a value that is not finite');
  }
  return read;
}

/**
 * Checks labels and ids of a set.
 *
 * @throws Resnet18ClassifierError `label-invalid`, `set-empty`
 */
export function checkSamples(samples: readonly ClassifierSample[], part: string, classes: number): void {
  if (samples.length === 0) {
    throw new Resnet18ClassifierError(`There are no ${part} samples.`, {
      code: 'set-empty',
      remedy: 'Give at least one.',
    });
  }
  const wrong = samples.find(({ label }) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (!wrong) {
    return;
  }
  throw new Resnet18ClassifierError(
    `Sample ${wrong.id} of the ${part} set has label ${wrong.label}; there are ${classes} classes.`,
    {
      code: 'label-invalid',
      remedy: 'Give the index of a class, from 0.',
    },
  );
}
