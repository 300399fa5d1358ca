export { CocoToNiftiError } from './errors.js';
