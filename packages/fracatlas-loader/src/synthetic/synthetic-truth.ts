import type { DuplicateTruth, AtlasPlan } from './plan-atlas.js';
import type { WrittenImage } from './write-tables.js';

/** Which files of a synthetic atlas have which planted quirk: what an audit of it must find. */
export interface SyntheticTruth {
  seed: number;
  fractured: number;
  normal: number;
  /** Files with an EXIF orientation other than 1. */
  rotated: { file: string; orientation: number }[];
  /** Files cut short, all without a fracture. */
  truncated: string[];
  singleChannel: string[];
  /** Files with a polygon that leaves the image. */
  outOfBounds: string[];
  severalInstances: { file: string; instances: number }[];
  /** Files whose row in dataset.csv contradicts their folder; the folder is right. */
  tableAgainstFolder: { file: string; table: boolean; folder: boolean }[];
  /** Files whose fracture_count in dataset.csv is wrong. */
  tableCount: { file: string; table: number; annotated: number }[];
  /** Files with fewer polygons in the VGG file than in COCO. */
  vggLacksOne: string[];
  /** Pairs that show the same: the same bytes, or the same scene exposed anew. */
  duplicates: (DuplicateTruth & { acrossSplits: boolean; acrossLabels: boolean })[];
  /** Files of one patient, which have neighbouring ids. */
  studies: string[][];
  hardware: string[];
  /** Number of images by `width x height` of the upright image. */
  sizes: Record<string, number>;
}

export function describeTruth({
  seed,
  plan: { duplicates, studies },
  images,
}: {
  seed: number;
  plan: AtlasPlan;
  images: readonly WrittenImage[];
}): SyntheticTruth {
  const filesWhere = (test: (image: WrittenImage) => boolean) => images.filter(test).map(({ plan }) => plan.file);
  const byFile = new Map(images.map(({ plan }) => [plan.file, plan]));
  const sizes: Record<string, number> = {};
  for (const { plan } of images) {
    const key = `${plan.width}x${plan.height}`;
    sizes[key] = (sizes[key] ?? 0) + 1;
  }
  return {
    seed,
    fractured: images.filter(({ plan }) => plan.fractured).length,
    normal: images.filter(({ plan }) => !plan.fractured).length,
    rotated: images.flatMap(({ plan: { file, orientation = 1 } }) => (orientation > 1 ? [{ file, orientation }] : [])),
    truncated: filesWhere(({ plan }) => plan.truncated),
    singleChannel: filesWhere(({ plan }) => plan.greyscale),
    outOfBounds: filesWhere(leavesImage),
    severalInstances: images
      .filter(({ outlines }) => outlines.length > 1)
      .map(({ plan, outlines }) => ({ file: plan.file, instances: outlines.length })),
    tableAgainstFolder: images
      .filter(({ plan }) => plan.tableSays.fractured !== plan.fractured)
      .map(({ plan }) => ({ file: plan.file, table: plan.tableSays.fractured, folder: plan.fractured })),
    tableCount: images
      .filter(({ plan }) => plan.tableSays.fractureCountOff !== 0)
      .map(({ plan, outlines }) => ({
        file: plan.file,
        table: outlines.length + plan.tableSays.fractureCountOff,
        annotated: outlines.length,
      })),
    vggLacksOne: filesWhere(({ plan }) => plan.vggLacksOne),
    duplicates: duplicates.map((pair) => {
      const [a, b] = pair.files.map((file) => byFile.get(file)!) as [WrittenImage['plan'], WrittenImage['plan']];
      return {
        ...pair,
        acrossSplits: a.split !== undefined && b.split !== undefined && a.split !== b.split,
        acrossLabels: a.fractured !== b.fractured,
      };
    }),
    studies,
    hardware: filesWhere(({ plan }) => plan.hardware),
    sizes,
  };
}

function leavesImage({ plan: { width, height }, outlines }: WrittenImage): boolean {
  return outlines.some((outline) => outline.some((v, i) => v < 0 || v > (i % 2 === 0 ? width : height)));
}
