import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fitImage, prepareRadiograph, type RadiographPreparation } from '@fractura/radiograph';
import { readNpy } from '@fractura/volume-io';
import { Resnet18ClassifierError } from '../errors.js';

/** Of 16 bits. */
const mostLevels = 65_535;

/**
 * A segmenter's probabilities of a film in the frame that the film is brought into: from `NAME.npy`, `[height, width]` of 0 to 1, or
 * `NAME.png`, whose brightest level is 1, both of the film's own frame and any size.
 *
 * @param name the film's file without its ending
 * @returns `[height, width]` of the preparation
 * @throws Resnet18ClassifierError `map-missing`, `map-invalid`
 */
export async function readProbabilityMap(
  folder: string,
  name: string,
  preparation: RadiographPreparation,
): Promise<Float32Array> {
  const array = join(folder, `${name}.npy`);
  if (!existsSync(array)) {
    const picture = join(folder, `${name}.png`);
    if (!existsSync(picture)) {
      throw new Resnet18ClassifierError(`There is neither ${name}.npy nor ${name}.png in ${folder}.`, {
        code: 'map-missing',
        remedy:
          'Predict every film of the table by a network that has not seen it, or leave the inputs out that need maps.',
      });
    }
    return (await prepareRadiograph(picture, { ...preparation, channels: 1 })).data;
  }
  const { data, shape } = await readNpy(array);
  const values = Float32Array.from(data as Float32Array, Number);
  const [height, width] = shape;
  if (shape.length !== 2 || !values.every((value) => value >= 0 && value <= 1)) {
    throw new Resnet18ClassifierError(`${array} is no [height, width] of probabilities from 0 to 1.`, {
      code: 'map-invalid',
      remedy: 'Give the probability of the sign at each pixel.',
    });
  }
  const levels = Uint16Array.from(values, (value) => Math.round(value * mostLevels));
  const { fit = 'stretch', resize } = preparation;
  const fitted = fitImage({ data: levels, height, width, channels: 1 }, preparation, { fit, filter: resize });
  return Float32Array.from(fitted.data, (level) => level / mostLevels);
}
