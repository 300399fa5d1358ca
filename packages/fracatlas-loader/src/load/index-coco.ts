import type { AtlasAnnotation, AtlasConflict, AtlasRecord } from '../atlas.js';
import type { CocoFile } from './read-coco.js';

/** A COCO file by image file name. */
export interface CocoIndex {
  files: Map<string, { width?: number | undefined; height?: number | undefined; annotations: AtlasAnnotation[] }>;
  categories: { id: number; name: string }[];
  conflicts: AtlasConflict[];
  checkSize: (record: AtlasRecord) => AtlasConflict[];
}

/** Looks up a COCO file's entries by file name; entries that name the same file are joined and listed. */
export function indexCoco({ images, annotations, categories, conflicts: found }: CocoFile): CocoIndex {
  const files: CocoIndex['files'] = new Map();
  const conflicts: AtlasConflict[] = [...found];
  for (const { id, file, width, height } of images) {
    const known = files.get(file);
    if (known) {
      known.annotations.push(...(annotations.get(id) ?? []));
      conflicts.push({
        kind: 'coco-duplicate-image',
        file,
        sentence: `The COCO file lists ${file} more than once; its annotations are joined.`,
      });
    } else {
      files.set(file, { width, height, annotations: [...(annotations.get(id) ?? [])] });
    }
  }
  return {
    files,
    categories,
    conflicts,
    checkSize({ file, width, height }) {
      const coco = files.get(file);
      if (coco?.width === undefined || (coco.width === width && coco.height === height)) {
        return [];
      }
      return [
        {
          kind: 'coco-image-size',
          file,
          sentence: `COCO says ${coco.width}x${coco.height} for ${file}; the upright image has ${width}x${height}.`,
        },
      ];
    },
  };
}
