import { createHash } from 'node:crypto';
import { atlasLayout, loadCocoFolder, loadFracAtlas, makeSyntheticAtlas, type Atlas } from '@fractura/fracatlas-loader';
import type { RunContext } from '../run/run-context.js';
import { resolveData, type StudyData } from '../run/study-data.js';

/** An atlas, and where its annotated images and their annotations lie. */
export interface StudyAtlas extends Atlas {
  /** Folder that the file names of the annotations start from. */
  images: string;
  /** COCO file. */
  annotations: string;
}

/** Reads the atlas named by `data`; without a name, makes a synthetic one first. */
export async function openAtlas(data: StudyData | undefined, context: RunContext): Promise<StudyAtlas> {
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
  const source = data === undefined ? paths.syntheticAtlas : resolveData(data);
  if (typeof source === 'string') {
    const { fractured: images, coco: annotations } = atlasLayout(source);
    return { ...(await loadFracAtlas(source)), images, annotations };
  }
  const { images, annotations } = source;
  return { ...(await loadCocoFolder({ ...source, signal })), images, annotations };
}

/** SHA-256 of all that the tables say of the images, with their sizes in bytes; the folder's place does not count. */
export function atlasFingerprint({ records }: Pick<Atlas, 'records'>): string {
  const said = records.map((record) => ({ ...record, path: undefined }));
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
