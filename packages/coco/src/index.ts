export { CocoError } from './errors.js';
export type { CocoAnnotation, CocoCategory, CocoFile, CocoImage } from './file/coco-file.js';
export { describeFlaw, type CocoFlaw, type CocoFlawKind } from './file/coco-flaw.js';
export { unusedCategories } from './file/unused-categories.js';
export { readCoco } from './file/read-coco.js';
export { writeCoco } from './file/write-coco.js';
export { maskToPolygons } from './polygons/mask-to-polygons.js';
export { enclosingBox, polygonArea } from './polygons/polygon-measures.js';
export { polygonsToRle, rasterizePolygons } from './polygons/polygons-to-rle.js';
export { decodeRle, foregroundOf } from './rle/decode-rle.js';
export { encodeRle } from './rle/encode-rle.js';
export { mergeRle } from './rle/merge-rle.js';
export { rleArea, rleBoundingBox } from './rle/rle-measures.js';
export { compressCounts, compressRle, decompressCounts } from './rle/rle-string.js';
export type { CocoRle, Rle } from './rle/rle.js';
export { flawOfSegmentation, type SegmentationFlaw } from './segmentation/flaw-of-segmentation.js';
export {
  maskToAnnotation,
  type MaskAnnotation,
  type MaskToAnnotationOptions,
} from './segmentation/mask-to-annotation.js';
export { decompressRle, segmentationToRle } from './segmentation/segmentation-to-rle.js';
export { isPolygons, type CocoSegmentation } from './segmentation/segmentation.js';
