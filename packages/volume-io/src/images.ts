export { readImage, type Picture } from './images/read-image.js';
export { writeImage } from './images/write-image.js';
