/** What a cell can hold. */
export type Cell = string | number | boolean | null | undefined;

/** A value that has no parts. */
export const isCell = (value: unknown): value is Cell => typeof value !== 'object' || value === null;

/** The parts of an object or array by key or index. */
export const partsOf = (value: object): [string, unknown][] =>
  isList(value) ? Array.from(value, (part, i) => [String(i), part]) : Object.entries(value);

/** An array, or a typed array. */
export const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

/** All that has no parts, by its path: keys and indices joined by dots. */
export function leavesOf(value: object, path = ''): [string, Cell][] {
  return partsOf(value).flatMap(([key, part]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return isCell(part) ? [[at, part] as [string, Cell]] : leavesOf(part, at);
  });
}

/** The numbers among the leaves. */
export const numbersOf = (value: object): [string, number][] =>
  leavesOf(value).filter((leaf): leaf is [string, number] => typeof leaf[1] === 'number');
