import type { TypedArray } from '@fractura/array-files';
import type { PythonComplex } from './scalars.js';

/** A numpy element type. */
export class NumpyDtype {
  constructor(
    /** numpy's short code, such as `f8`. */
    readonly code: string,
    /** `>` where the bytes come in the other order than this machine's. */
    public byteOrder: '<' | '>' | '|' = '|',
  ) {}
}

/** A numpy array. */
export class NumpyArray {
  /** numpy's name of the element type, such as `float64`. */
  dtype = 'float64';
  shape: number[] = [0];
  /** Elements in C order and this machine's byte order: bool as 0 and 1, float16 as its bits, complex in pairs. */
  data: TypedArray = new Float64Array(0);
  /** Whether the file has them in Fortran's order. */
  fortran = false;
}

/** A numpy scalar, such as `numpy.float64(0.91)`. */
export class NumpyScalar {
  constructor(
    readonly dtype: string,
    readonly value: number | bigint | boolean | PythonComplex,
  ) {}
}
