import { rule } from '@fractura/errors';
import type { CocoRle } from '@fractura/coco';

/** The four body parts that dataset.csv marks; `mixed` in that table means more than one of them. */
export const bodyParts = ['hand', 'leg', 'hip', 'shoulder'] as const;
export type BodyPart = (typeof bodyParts)[number];

/** The projections that dataset.csv marks. */
export const views = ['frontal', 'lateral', 'oblique'] as const;
export type View = (typeof views)[number];

export type OfficialSplit = 'train' | 'valid' | 'test';

/** One annotated instance, in pixels of the upright image. */
export interface AtlasAnnotation {
  id: number;
  categoryId: number;
  /** Each polygon is x, y, x, y, ... in pixels; several are parts of one instance. */
  polygons: number[][];
  /** Present where the instance is a mask and not polygons. */
  mask?: CocoRle;
  /** x, y of the top left corner, width, height in pixels, as the file says. */
  box: [number, number, number, number];
  /** As the file says, in square pixels. */
  areaPixels: number;
  /**
   * Why the outline cannot be drawn, as the end of a sentence; then `polygons` is empty, and the box is all zeros where the
   * file has none.
   */
  flaw?: string;
  crowd: boolean;
}

/** One radiograph and everything that is said about it. */
export interface AtlasRecord {
  /** The file name without its extension, such as `IMG0000019`. */
  id: string;
  /** The file name, such as `IMG0000019.jpg`; unique within an atlas. */
  file: string;
  /** Where the image lies. */
  path: string;
  /** The size of the file in bytes. */
  bytes: number;
  /** The label; where sources contradict one another, the image's folder decides. */
  fractured: boolean;
  /** Width in pixels of the upright image, that is after its EXIF orientation is applied. */
  width: number;
  /** Height in pixels of the upright image. */
  height: number;
  /** EXIF orientation, 1 to 8; 1 where the file has none. */
  orientation: number;
  /** 1 for grey, 3 for RGB, 4 with alpha or CMYK. */
  channels: number;
  annotations: AtlasAnnotation[];
  bodyParts: BodyPart[];
  views: View[];
  hardware: boolean;
  multiscan: boolean;
  /** The number of fractures that dataset.csv states; in a plain COCO folder the number of annotations. */
  fractureCount: number;
  /** Where the published split puts the image; only fractured images have one. */
  officialSplit?: OfficialSplit;
}

/** Two sources that say different things about one image. */
export interface AtlasConflict {
  kind: ConflictKind;
  /** File name of the image. */
  file: string;
  /** One sentence with both values. */
  sentence: string;
}

export type ConflictKind =
  | 'table-folder'
  | 'table-duplicate-row'
  | 'table-count'
  | 'table-mixed'
  | 'image-missing'
  | 'image-unreadable'
  | 'image-without-row'
  | 'folder-coco'
  | 'coco-unlisted-image'
  | 'coco-image-size'
  | 'coco-duplicate-image'
  | 'coco-duplicate-annotation'
  | 'coco-name'
  | 'coco-unused-category'
  | 'coco-segmentation'
  | 'coco-part'
  | 'coco-box'
  | 'coco-area'
  | 'vgg'
  | 'vgg-file-size'
  | 'voc'
  | 'voc-image-size'
  | 'voc-channels'
  | 'yolo'
  | 'split-unknown-image'
  | 'split-unfractured'
  | 'split-overlap'
  | 'split-missing';

/** Which of the files of the original archive were found; those that are required always are. */
export interface AtlasSources {
  table: boolean;
  coco: boolean;
  vgg: boolean;
  voc: boolean;
  yolo: boolean;
  splits: OfficialSplit[];
}

/** A data set of radiographs, read but not decoded. */
export interface Atlas {
  directory: string;
  /** Sorted by file name. */
  records: AtlasRecord[];
  categories: { id: number; name: string }[];
  conflicts: AtlasConflict[];
  sources: AtlasSources;
}

/** What {@link AtlasAnnotation} must be. */
export const atlasAnnotationRule = rule.fields({
  id: rule.anyNumber,
  categoryId: rule.anyNumber,
  polygons: rule.listOf(rule.listOf(rule.anyNumber)),
  mask: rule.optional(
    rule.fields({
      size: rule.listOf(rule.anyNumber, { lengths: [2] }),
      counts: rule.either(rule.anyText, rule.listOf(rule.anyNumber)),
    }),
  ),
  box: rule.listOf(rule.anyNumber, { lengths: [4] }),
  areaPixels: rule.anyNumber,
  flaw: rule.optional(rule.anyText),
  crowd: rule.flag,
});

/** What {@link AtlasRecord} must be. */
export const atlasRecordRule = rule.fields({
  id: rule.anyText,
  file: rule.text,
  path: rule.text,
  bytes: rule.anyNumber,
  fractured: rule.flag,
  width: rule.anyNumber,
  height: rule.anyNumber,
  orientation: rule.anyNumber,
  channels: rule.anyNumber,
  annotations: rule.listOf(atlasAnnotationRule),
  bodyParts: rule.listOf(rule.oneOf(['hand', 'leg', 'hip', 'shoulder'])),
  views: rule.listOf(rule.oneOf(['frontal', 'lateral', 'oblique'])),
  hardware: rule.flag,
  multiscan: rule.flag,
  fractureCount: rule.anyNumber,
  officialSplit: rule.optional(rule.oneOf(['train', 'valid', 'test'])),
});

/** What {@link AtlasConflict} must be. */
export const atlasConflictRule = rule.fields({ kind: rule.text, file: rule.text, sentence: rule.anyText });

/** What {@link AtlasSources} must be. */
export const atlasSourcesRule = rule.fields({
  table: rule.flag,
  coco: rule.flag,
  vgg: rule.flag,
  voc: rule.flag,
  yolo: rule.flag,
  splits: rule.listOf(rule.oneOf(['train', 'valid', 'test'])),
});

/** What {@link Atlas} must be. */
export const atlasRule = rule.fields({
  directory: rule.text,
  records: rule.listOf(atlasRecordRule),
  categories: rule.listOf(rule.fields({ id: rule.anyNumber, name: rule.text })),
  conflicts: rule.listOf(atlasConflictRule),
  sources: atlasSourcesRule,
});
