export { segmenterFolder } from './segmenter-folder.js';
