export { describeValue } from './describe-value.js';
export { FracturaError, type FracturaErrorDetails } from './fractura-error.js';
export { isMissing } from './is-missing.js';
export { printable, printableLines } from './printable.js';
export { reasonOf } from './reason-of.js';
