import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { loadFracAtlas, makeSyntheticAtlas, type Atlas } from '@fractura/fracatlas-loader';
import type { RunContext } from '../run/run-context.js';

/** Reads the atlas named by `data`; without a name, makes a synthetic one first. */
export async function openAtlas(data: string | undefined, context: RunContext): Promise<Atlas> {
  const { paths, settings, ledger, progress, signal } = context;
  if (data === undefined) {
    const { seed, syntheticFractured: fractured, syntheticNormal: normal } = settings;
    await ledger.run({
      name: 'atlas',
      inputs: { seed, fractured, normal },
      folders: [paths.syntheticAtlas],
      run: async () => {
        const task = progress('Making a synthetic atlas');
        await makeSyntheticAtlas({
          directory: paths.syntheticAtlas,
          fractured,
          normal,
          seed,
          signal,
          onProgress: task.update,
        });
        task.finish();
        return { fractured, normal };
      },
    });
  }
  return loadFracAtlas(data === undefined ? paths.syntheticAtlas : resolve(data));
}

/** SHA-256 of all that the tables say of the images, with their sizes in bytes; the folder's place does not count. */
export function atlasFingerprint({ records }: Pick<Atlas, 'records'>): string {
  const said = records.map((record) => ({ ...record, path: undefined }));
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
