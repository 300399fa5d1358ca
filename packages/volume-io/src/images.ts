export type { Picture, PictureSamples } from './images/picture.js';
export { readImage, readImageStack } from './images/read-image.js';
export { writeImage } from './images/write-image.js';
