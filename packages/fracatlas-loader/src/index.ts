export { FracatlasLoaderError } from './errors.js';
