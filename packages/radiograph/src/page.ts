export { toGrey } from './colour/to-grey.js';
export type { SizeLimit } from './images/size-limit.js';
export { decodeDicom, type DicomOptions, type DicomRadiograph } from './dicom/decode-dicom.js';
export { isDicom } from './dicom/is-dicom.js';
export type { PixelSpacing } from './dicom/pixel-spacing.js';
export { RadiographError } from './errors.js';
export type { ImageSize } from './images/image-size.js';
export type { PixelImage, Pixels } from './images/pixel-image.js';
export { prepareImage, type PreparedImage, type RadiographPreparation } from './prepare-image.js';
export type { ResizeFilter } from './resize/filter-taps.js';
export {
  cropToPlacement,
  fitImage,
  padToFrame,
  placeInFrame,
  type ImageFit,
  type Placement,
} from './resize/letterbox.js';
export { resizeImage } from './resize/resize-image.js';
