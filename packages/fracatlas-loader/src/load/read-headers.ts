import { forEachConcurrently, type TaskOptions } from '@fractura/concurrency';
import { FracturaError, rule } from '@fractura/errors';
import { readImageHeader, type ImageHeader } from '@fractura/radiograph';
import type { AtlasConflict } from '../atlas.js';

export interface LoadOptions extends TaskOptions {
  /**
   * What to do with images that are listed and missing, or of which not even the header can be read: end with an error, or
   * leave them out and list them in `conflicts`.
   * @default 'error'
   */
  unreadable?: 'error' | 'skip';
}

/**
 * Reads the header of every image, in the order of `images`; those left out are in `unreadable`.
 *
 * @throws RadiographError `image-unreadable`
 */
export async function readHeaders<Image extends { file: string; path: string }>(
  images: readonly Image[],
  { unreadable = 'error', onProgress, signal }: LoadOptions,
): Promise<{ readable: { image: Image; header: ImageHeader }[]; unreadable: AtlasConflict[] }> {
  const headers = new Array<ImageHeader | AtlasConflict>(images.length);
  await forEachConcurrently(
    images,
    async ({ file, path }, i) => {
      try {
        headers[i] = await readImageHeader(path);
      } catch (error) {
        if (unreadable === 'error' || !FracturaError.isInstance(error)) {
          throw error;
        }
        headers[i] = { kind: 'image-unreadable', file, sentence: `${file} is left out: ${error.message}` };
      }
    },
    { concurrency: 8, onProgress, signal },
  );
  return {
    readable: images.flatMap((image, i) => {
      const header = headers[i];
      return 'kind' in header ? [] : [{ image, header }];
    }),
    unreadable: headers.filter((header) => 'kind' in header),
  };
}

/** What {@link LoadOptions} must be. */
export const loadOptionsRule = rule.fields({
  unreadable: rule.optional(rule.oneOf(['error', 'skip'])),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
});
