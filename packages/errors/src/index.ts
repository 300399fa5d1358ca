export { checkArguments, checkOptions, type ErrorClass } from './check-arguments.js';
export { describeValue } from './describe-value.js';
export { FracturaError, type FracturaErrorDetails } from './fractura-error.js';
export { isMissing } from './is-missing.js';
export { printable, printableLines } from './printable.js';
export { reasonOf } from './reason-of.js';
export * as rule from './rules/index.js';
export type { Rule } from './rules/rule.js';
