import {
  enclosingBox,
  isPolygons,
  polygonArea,
  readCoco,
  unusedCategories,
  type CocoAnnotation,
  type CocoFlaw,
} from '@fractura/coco';
import type { AtlasAnnotation, AtlasConflict, AtlasRecord, ConflictKind } from '../atlas.js';

/** A COCO file by image file name. */
export interface CocoIndex {
  files: Map<string, { width?: number; height?: number; annotations: AtlasAnnotation[] }>;
  categories: { id: number; name: string }[];
  /** Outlines that cannot be drawn, boxes and areas that are not numbers, images listed twice. */
  conflicts: AtlasConflict[];
  checkSize: (record: AtlasRecord) => AtlasConflict[];
}

const kindOf: Record<CocoFlaw['kind'], ConflictKind> = {
  'image-twice': 'coco-duplicate-image',
  'annotation-twice': 'coco-duplicate-annotation',
  segmentation: 'coco-segmentation',
  part: 'coco-part',
  bbox: 'coco-box',
  area: 'coco-area',
};

/**
 * Reads a COCO file and looks up its entries by file name; entries that name the same file are joined. What is wrong with single
 * entries is listed in `conflicts`.
 *
 * @throws CocoError `file-missing`, `file-unreadable`, `json-invalid`, `coco-invalid`
 */
export async function indexCoco(path: string): Promise<CocoIndex> {
  const conflicts: AtlasConflict[] = [];
  const outlineFlaws = new Map<CocoAnnotation, string>();
  const coco = await readCoco(path, {
    onFlaw: (flaw) => {
      conflicts.push({ kind: kindOf[flaw.kind], file: flaw.image.file_name, sentence: sentenceOf(flaw) });
      if (flaw.kind === 'segmentation' && flaw.annotation) {
        outlineFlaws.set(flaw.annotation, flaw.sentence);
      }
    },
  });
  const unused = unusedCategories(coco);
  if (unused.length > 0 && unused.length < coco.categories.length) {
    const names = unused.map(({ name }) => name).join(', ');
    conflicts.push({
      kind: 'coco-unused-category',
      file: path,
      sentence: `No annotation in ${path} is of the ${unused.length === 1 ? 'category' : 'categories'} ${names}.`,
    });
  }
  const files: CocoIndex['files'] = new Map();
  const annotationsOfId = new Map<number, AtlasAnnotation[]>();
  for (const { id, file_name: file, width, height } of coco.images) {
    const entry = files.get(file) ?? { width, height, annotations: [] };
    files.set(file, entry);
    annotationsOfId.set(id, entry.annotations);
  }
  for (const annotation of coco.annotations) {
    annotationsOfId.get(annotation.image_id)!.push(toAtlasAnnotation(annotation, outlineFlaws.get(annotation)));
  }
  return {
    files,
    categories: coco.categories.map(({ id, name }) => ({ id, name })),
    conflicts,
    checkSize: (record) => checkSize(record, files.get(record.file)),
  };
}

function sentenceOf({ kind, image: { file_name: file }, annotation, sentence }: CocoFlaw): string {
  return kind === 'image-twice' || !annotation
    ? `The COCO file lists ${file} more than once; its annotations are joined.`
    : `Annotation ${annotation.id} of ${file} ${sentence}.`;
}

function toAtlasAnnotation(annotation: CocoAnnotation, flaw: string | undefined): AtlasAnnotation {
  const { id, category_id: categoryId, segmentation = [], bbox, area, iscrowd } = annotation;
  const [polygons, mask] = isPolygons(segmentation) ? [segmentation, undefined] : [[], segmentation];
  return {
    id,
    categoryId,
    polygons,
    mask,
    box: bbox ?? enclosingBox(polygons) ?? [0, 0, 0, 0],
    areaPixels: area ?? polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0),
    flaw,
    crowd: iscrowd === 1,
  };
}

/** Sets the size that COCO lists against that of the image. */
export function checkSize(
  { file, width, height }: AtlasRecord,
  listed: { width?: number; height?: number } | undefined,
): AtlasConflict[] {
  if (listed?.width === undefined || (listed.width === width && listed.height === height)) {
    return [];
  }
  return [
    {
      kind: 'coco-image-size',
      file,
      sentence: `COCO says ${listed.width}x${listed.height} for ${file}; the upright image has ${width}x${height}.`,
    },
  ];
}
