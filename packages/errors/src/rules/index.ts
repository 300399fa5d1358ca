export { either, optional, orNull } from './choices.js';
export { bytes, iterable, listOf, numbers, typedArray } from './lists.js';
export { anyNumber, count, number, whole } from './numbers.js';
export { fields, map, tableOf } from './objects.js';
export { anything, anyText, callback, flag, object, oneOf, signal, text } from './values.js';
