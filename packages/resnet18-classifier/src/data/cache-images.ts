import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { makeFolder, readTextFile, writeBeside, writeFileBeside } from '@fractura/array-files';
import { readImage, type StoredImage, type UnlabelledSample } from './classifier-sample.js';
import { encodeLevels, readStoredImage, storedBytes } from './stored-image.js';

export interface CacheImagesOptions {
  /** Folder of the cache. Two caches may share it, since files are named after what they hold. */
  folder: string;
  /**
   * What the images depend on beside their ids, such as how they are prepared and when their files were changed: images that were
   * cached under another text are read again.
   */
  signature: (sample: UnlabelledSample) => string;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** Images in one file: enough for few files, few enough that little is lost where the process is killed. */
const imagesPerFile = 256;

/** Images that are read ahead of the one that is written. */
const readAhead = 4;

/**
 * Writes the images of samples into files, unless they are there, in the order of the samples and the fewest bytes that give every
 * number back. Memory does not grow with their number.
 *
 * @returns the samples, whose `image` now reads from the cache and whose `stored` tells threads where
 * @throws Resnet18ClassifierError `image-invalid`
 */
export async function cacheImages<Sample extends UnlabelledSample>(
  samples: readonly Sample[],
  { folder, signature, signal, onProgress }: CacheImagesOptions,
): Promise<Sample[]> {
  await makeFolder(folder);
  const cached: Sample[] = [];
  for (let begin = 0; begin < samples.length; begin += imagesPerFile) {
    const members = samples.slice(begin, begin + imagesPerFile);
    const hash = createHash('sha256').update(JSON.stringify(members.map((each) => [each.id, signature(each)])));
    const file = join(folder, `${hash.digest('hex').slice(0, 32)}.images`);
    const places =
      (await findPlaces(file, members.length)) ??
      (await writeImages(file, members, signal, (done) => onProgress?.({ done: begin + done, total: samples.length })));
    members.forEach((sample, i) => {
      const stored: StoredImage = { file, ...places[i] };
      cached.push({ ...sample, stored, image: () => readStoredImage(stored) });
    });
    onProgress?.({ done: cached.length, total: samples.length });
  }
  return cached;
}

type Place = Omit<StoredImage, 'file'>;

const placesOf = (file: string) => file.replace(/\.images$/, '.json');

/** Where the images lie in a file that is whole; undefined where it is not there. */
async function findPlaces(file: string, count: number): Promise<Place[] | undefined> {
  const [size, text] = await Promise.all([
    stat(file).then(
      (found) => found.size,
      () => -1,
    ),
    readTextFile(placesOf(file)).catch(() => undefined),
  ]);
  if (text === undefined) {
    return undefined;
  }
  const places = JSON.parse(text) as Place[];
  const end = places.reduce((most, place) => Math.max(most, place.offset + storedBytes(place)), 0);
  return places.length === count && end === size ? places : undefined;
}

async function writeImages(
  file: string,
  samples: readonly UnlabelledSample[],
  signal: AbortSignal | undefined,
  onWritten: (done: number) => void,
): Promise<Place[]> {
  const places: Place[] = [];
  let offset = 0;
  const pieces = async function* () {
    const ahead: ReturnType<typeof readImage>[] = [];
    for (let next = 0; places.length < samples.length;) {
      while (next < samples.length && ahead.length < readAhead) {
        const read = readImage(samples[next]);
        // It is thrown where it is waited for; until then it must not end the process.
        read.catch(() => undefined);
        ahead.push(read);
        next += 1;
      }
      const image = (await ahead.shift())!;
      const { type, bytes } = encodeLevels(image);
      const { height, width, channels } = image;
      places.push({ offset, type, height, width, channels });
      offset += bytes.length;
      yield bytes;
      onWritten(places.length);
    }
  };
  await writeBeside(file, pieces(), { signal, flush: false });
  // Last: a file without it is written again.
  await writeFileBeside(placesOf(file), JSON.stringify(places), { signal, flush: false });
  return places;
}
