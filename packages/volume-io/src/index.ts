export { VolumeIoError } from './errors.js';
