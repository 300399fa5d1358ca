import { arrayClasses, numberTypeOf, type TypedArray, elementCount } from '@fractura/array-files';

/**
 * Reverses the order of the axes: from C order of `shape` to C order of its reverse, which is Fortran order of `shape`.
 *
 * @param components numbers an element, which stay together.
 */
export function reorder(data: TypedArray, shape: readonly number[], components = 1): TypedArray {
  const result = new arrayClasses[numberTypeOf(data)](data.length);
  const axes = shape.length;
  const strides = shape.map((_, axis) => elementCount(shape.slice(0, axis)) * components);
  const index = new Array<number>(axes).fill(0);
  let target = 0;
  for (let source = 0; source < data.length; source += components) {
    for (let part = 0; part < components; part += 1) {
      result[target + part] = data[source + part];
    }
    for (let axis = axes - 1; axis >= 0; axis -= 1) {
      index[axis] += 1;
      target += strides[axis];
      if (index[axis] < shape[axis]) {
        break;
      }
      target -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}
