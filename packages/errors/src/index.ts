export { FracturaError, type FracturaErrorDetails } from './fractura-error.js';
export { reasonOf } from './reason-of.js';
