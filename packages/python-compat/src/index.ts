export { PythonCompatError } from './errors.js';
