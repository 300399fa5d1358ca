export { FracturaError, type FracturaErrorDetails } from './fractura-error.js';
