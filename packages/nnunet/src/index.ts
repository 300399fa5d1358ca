export { NnunetError } from './errors.js';
export { encodeSummary } from './evaluation/encode-summary.js';
export { meanWithInterval } from './evaluation/mean-with-interval.js';
export { type Reporting } from './reporting.js';
