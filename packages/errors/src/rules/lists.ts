import { ruleOf, within, type Fault, type Rule } from './rule.js';

const isTyped = (value: unknown): value is ArrayLike<unknown> =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/** Numbers in an array or a typed array, as they are: large ones are read by what computes with them. */
export const numbers = ruleOf('an array of numbers', (value) => Array.isArray(value) || isTyped(value));

/** A typed array, such as Float32Array. */
export const typedArray = ruleOf('a typed array', isTyped);

/** Bytes, a Buffer among them, of whatever realm. */
export const bytes = ruleOf(
  'bytes in a Uint8Array',
  (value) => Object.prototype.toString.call(value) === '[object Uint8Array]',
);

/** What `for ... of` walks, texts left out. */
export const iterable = ruleOf(
  'a list',
  (value) => typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value),
);

/** An array whose entries keep a rule; at least `from` of them. */
// @__NO_SIDE_EFFECTS__
export function listOf(entry: Rule, { from = 0, lengths }: { from?: number; lengths?: readonly number[] } = {}): Rule {
  const size = lengths === undefined ? (from === 0 ? '' : ` of at least ${from}`) : ` of ${lengths.join(' or ')}`;
  const what = `a list${size}`;
  const faultOf = (value: unknown): Fault | undefined => {
    if (!Array.isArray(value) || value.length < from || (lengths !== undefined && !lengths.includes(value.length))) {
      return { path: '', value, what };
    }
    for (let index = 0; index < value.length; index += 1) {
      const fault = entry.faultOf(value[index]);
      if (fault !== undefined) {
        return within(`[${index}]`, fault);
      }
    }
    return undefined;
  };
  return { what, faultOf };
}
