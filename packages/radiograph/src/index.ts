export { RadiographError } from './errors.js';
export { readImage, readImageStack } from './pictures/read-image.js';
export { writeImage } from './pictures/write-image.js';
export { readRadiograph, type DamagePolicy, type Radiograph, type TargetSize, checkSize } from './read-radiograph.js';
