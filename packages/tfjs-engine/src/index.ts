export { TfjsEngineError } from './errors.js';
