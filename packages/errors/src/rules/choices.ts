import type { Fault, Rule } from './rule.js';

/** May be left out; null is not left out. */
// @__NO_SIDE_EFFECTS__
export const optional = ({ what, faultOf }: Rule): Rule => ({
  what,
  faultOf: (value) => (value === undefined ? undefined : faultOf(value)),
});

/** May be null. */
// @__NO_SIDE_EFFECTS__
export const orNull = ({ what, faultOf }: Rule): Rule => ({
  what: `${what}, or null`,
  faultOf: (value) => {
    const fault = value === null ? undefined : faultOf(value);
    return fault?.path === '' ? { ...fault, what: `${what}, or null` } : fault;
  },
});

/** Keeps one of several rules; a fault deep in an object or a list is told as such. */
// @__NO_SIDE_EFFECTS__
export function either(...rules: readonly Rule[]): Rule {
  const what = rules.map((rule) => rule.what).join(', or ');
  const faultOf = (value: unknown): Fault | undefined => {
    const faults: Fault[] = [];
    for (const rule of rules) {
      const fault = rule.faultOf(value);
      if (fault === undefined) {
        return undefined;
      }
      faults.push(fault);
    }
    return faults.find(({ path }) => path !== '') ?? { path: '', value, what };
  };
  return { what, faultOf };
}
