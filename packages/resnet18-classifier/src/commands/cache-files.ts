import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { RadiographPreparation } from '@fractura/radiograph';

/** What a cached image file depends on: how it is prepared, and which bytes it has, by their number and the time of their writing. */
export function signatureOf(images: string, preparation: RadiographPreparation): (sample: { id: string }) => string {
  return ({ id }) => {
    const found = statSync(join(images, id), { throwIfNoEntry: false });
    return JSON.stringify([preparation, found?.size ?? null, found?.mtimeMs ?? null]);
  };
}
