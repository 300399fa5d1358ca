export { CocoToNiftiError } from './errors.js';
export { readRadiograph, type DamagePolicy, type Radiograph, type TargetSize } from './radiograph/read-radiograph.js';
export { mergeRle } from './rle/merge-rle.js';
export { polygonsToRle, rasterizePolygons } from './rle/polygons-to-rle.js';
export { compressCounts, compressRle, decompressCounts } from './rle/rle-string.js';
export { decodeRle, encodeRle, rleArea, rleBoundingBox, type CocoRle, type Rle } from './rle/rle.js';
