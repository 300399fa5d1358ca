import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of recorded results; PROVENANCE.md says where they come from. */
export const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** The tiny models that real nnU-Net trained: a plain U-Net of one channel, a residual one of two. */
export const variants = ['plain', 'resenc'] as const;

/** Images, labels and predictions of a tiny model. */
export const folderOf = (variant: (typeof variants)[number]): string => join(fixtures, 'models', variant);

/** Its model folder, as nnU-Net left it. */
export function modelOf(variant: (typeof variants)[number]): string {
  const models = join(folderOf(variant), 'model');
  return join(models, readdirSync(models)[0]);
}
