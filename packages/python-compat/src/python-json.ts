import { PythonCompatError } from './errors.js';
import { PythonFloat, floatRepr } from './python-float.js';

/** How `json.dump` was called. */
export interface PythonJsonOptions {
  /** Spaces of one level; everything on one line when absent. */
  indent?: number;
  /** Whether keys are sorted by code point. */
  sortKeys?: boolean;
}

/**
 * `json.dumps(value)` as Python writes it: integers and floats told apart, NaN and infinities spelled out, other than
 * ASCII escaped. Whole numbers count as int unless wrapped in {@link PythonFloat}; `undefined` properties are left out.
 *
 * @throws PythonCompatError `not-json` for what JSON cannot hold.
 */
export function encodePythonJson(value: unknown, { indent, sortKeys = false }: PythonJsonOptions = {}): string {
  const comma = indent === undefined ? ', ' : ',';
  const newline = (depth: number): string => (indent === undefined ? '' : `\n${' '.repeat(indent * depth)}`);

  const enclose = (parts: string[], [open, close]: string, depth: number): string =>
    parts.length === 0
      ? `${open}${close}`
      : `${open}${newline(depth + 1)}${parts.join(`${comma}${newline(depth + 1)}`)}${newline(depth)}${close}`;

  const encode = (item: unknown, depth: number): string => {
    if (item === null) {
      return 'null';
    }
    if (item instanceof PythonFloat) {
      return floatRepr(item.value);
    }
    if (typeof item === 'number') {
      return Number.isSafeInteger(item) ? encodeInteger(item) : floatRepr(item);
    }
    if (typeof item === 'string') {
      return encodeString(item);
    }
    if (typeof item === 'boolean' || typeof item === 'bigint') {
      return String(item);
    }
    if (Array.isArray(item)) {
      return enclose(
        item.map((member) => encode(member, depth + 1)),
        '[]',
        depth,
      );
    }
    if (typeof item === 'object') {
      const entries = Object.entries(item).filter(([, member]) => member !== undefined);
      if (sortKeys) {
        entries.sort(([a], [b]) => (a < b ? -1 : 1));
      }
      const parts = entries.map(([key, member]) => `${encodeString(key)}: ${encode(member, depth + 1)}`);
      return enclose(parts, '{}', depth);
    }
    throw new PythonCompatError(`JSON cannot hold a ${typeof item}.`, {
      code: 'not-json',
      remedy: 'Give plain objects, arrays, strings, numbers, booleans and null.',
    });
  };
  return encode(value, 0);
}

function encodeInteger(value: number): string {
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function encodeString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * `json.loads(text)`: JSON in which `NaN`, `Infinity` and `-Infinity` may stand for numbers. A byte order mark before it, as
 * Windows programs write it, is passed over.
 *
 * @throws SyntaxError as `JSON.parse`.
 */
export function parsePythonJson(file: string): unknown {
  const text = file.startsWith('\uFEFF') ? file.slice(1) : file;
  if (!/NaN|Infinity/.test(text)) {
    return JSON.parse(text) as unknown;
  }
  const mark = '\u0000python:';
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) =>
    token.startsWith('"') ? token : JSON.stringify(mark + token),
  );
  return JSON.parse(quoted, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
  ) as unknown;
}
