export type { Picture, PictureSamples } from './images/picture.js';
export { readImage } from './images/read-image.js';
export { writeImage } from './images/write-image.js';
