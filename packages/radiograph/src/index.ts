export { RadiographError } from './errors.js';
export type { SizeLimit } from './images/size-limit.js';
export type { DamagePolicy } from './decoding/damage.js';
export { decodeDicom, type DicomOptions, type DicomRadiograph } from './dicom/decode-dicom.js';
export { isDicom } from './dicom/is-dicom.js';
export type { PixelSpacing } from './dicom/pixel-spacing.js';
export { encodeJpeg } from './encoding/encode-jpeg.js';
export { encodePng } from './encoding/encode-png.js';
export { svgToPng } from './encoding/svg-to-png.js';
export { findImages, type ImageFiles } from './folders/find-images.js';
export { nameMatcher } from './folders/match-name.js';
export { openImageFolder, type ImageFolder } from './folders/image-folder.js';
export { isImageName, listImages } from './folders/list-images.js';
export { listImagesByFolder, type NamedImage } from './folders/list-images-by-folder.js';
export { checkSize, type ImageSize, type TargetSize } from './images/image-size.js';
export type { PixelImage, Pixels } from './images/pixel-image.js';
export type { StoredImage, StoredPixels } from './images/stored-image.js';
export { prepareImage, type PreparedImage, type RadiographPreparation } from './prepare-image.js';
export { prepareRadiograph, type PreparedRadiograph } from './prepare-radiograph.js';
export { readImageHeader, type ImageHeader } from './read-image-header.js';
export { readImageStack } from './read-image-stack.js';
export { readImage, type ReadImageOptions } from './read-image.js';
export { readRadiograph, type Radiograph } from './read-radiograph.js';
export { readThumbnail, type Thumbnail, type ThumbnailOptions } from './read-thumbnail.js';
export {
  cropToPlacement,
  fitImage,
  imageFits,
  padToFrame,
  placeInFrame,
  type ImageFit,
  type Placement,
} from './resize/letterbox.js';
export type { ResizeFilter } from './resize/filter-taps.js';
export { resizeImage } from './resize/resize-image.js';
export { writeImage } from './write-image.js';
