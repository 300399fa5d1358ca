import { UsageError, type ArgumentValues } from '@fractura/command-line';
import type { CocoData, StudyData } from '../run/study-data.js';

/** The options that name radiographs. */
export const studyDataOptions = {
  data: { kind: 'string', describe: 'folder in the layout of FracAtlas (default: a synthetic atlas is made)' },
  images: { kind: 'string', describe: 'or: folder of any radiographs, with --annotations' },
  annotations: {
    kind: 'string',
    describe: 'COCO file of --images; images without annotation are normal; any number of categories',
  },
  normals: { kind: 'string', describe: 'further folder, of normal radiographs, beside --images' },
} as const;

/** The data that the options name; undefined where they name none. */
export function studyDataOf({
  data,
  images,
  annotations,
  normals,
}: Partial<ArgumentValues<typeof studyDataOptions>>): StudyData | undefined {
  const names = images ?? annotations ?? normals;
  if (data !== undefined && names !== undefined) {
    throw new UsageError('Both --data and a COCO data set are given.', {
      remedy: 'Give --data FOLDER, or --images FOLDER --annotations FILE.',
    });
  }
  if (names === undefined) {
    return data;
  }
  if (images === undefined || annotations === undefined) {
    throw new UsageError(`${images === undefined ? '--images' : '--annotations'} is not given.`, {
      remedy: 'Give --images FOLDER --annotations FILE, and --normals FOLDER if there are more.',
    });
  }
  const coco: CocoData = { images, annotations };
  if (normals !== undefined) {
    coco.normals = normals;
  }
  return coco;
}
