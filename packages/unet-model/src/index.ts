export { UnetModelError } from './errors.js';
