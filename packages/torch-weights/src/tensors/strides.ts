import { arrayClasses, elementCount, numberTypeOf, type TypedArray } from '@fractura/array-files';
import type { TensorView } from './torch-tensor.js';

/** Elements from one index to the next along each axis, last axis fastest. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
    strides[axis] = strides[axis + 1] * Math.max(shape[axis + 1], 1);
  }
  return strides;
}

/** First axis fastest. */
export const fortranStrides = (shape: readonly number[]): number[] => contiguousStrides([...shape].reverse()).reverse();

/** Whether elements lie one behind the other in C order; axes of one index may have any stride. */
export function isContiguous(shape: readonly number[], stride: readonly number[]): boolean {
  const wanted = contiguousStrides(shape);
  return elementCount(shape) === 0 || shape.every((size, axis) => size === 1 || stride[axis] === wanted[axis]);
}

/** The elements of a view in C order, as a new array. */
export function copyStrided(
  source: TypedArray,
  shape: readonly number[],
  { offset, stride }: TensorView,
  components: number,
): TypedArray {
  const count = elementCount(shape);
  const target = new arrayClasses[numberTypeOf(source)](count * components);
  const index = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < count; to += 1) {
    for (let c = 0; c < components; c += 1) {
      target[to * components + c] = source[from * components + c];
    }
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      from += stride[axis];
      index[axis] += 1;
      if (index[axis] < shape[axis]) {
        break;
      }
      from -= stride[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return target;
}
