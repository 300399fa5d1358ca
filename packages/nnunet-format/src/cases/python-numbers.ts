import { NumpyArray, NumpyScalar, type PythonValue } from '@fractura/torch-weights';
import { NnunetFormatError } from '../errors.js';

/**
 * The numbers in a list, tuple or numpy array, nested or not, in C order.
 *
 * @throws NnunetFormatError `properties-invalid`
 */
export function numbersIn(value: PythonValue | undefined): number[] {
  if (value instanceof NumpyArray) {
    return Array.from(value.data as Float64Array);
  }
  if (Array.isArray(value)) {
    return value.flatMap(numbersIn);
  }
  if (value instanceof NumpyScalar) {
    return [Number(value.value)];
  }
  if (typeof value === 'number') {
    return [value];
  }
  throw new NnunetFormatError('The geometry in the properties of a case is not made of numbers.', {
    code: 'properties-invalid',
    remedy: 'Predict again with --save-probabilities.',
  });
}
