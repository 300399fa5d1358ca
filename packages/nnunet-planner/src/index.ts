export { NnunetPlannerError } from './errors.js';
