export { CommandLineError } from './errors.js';
