import { ruleOf, within, type Fault, type Rule } from './rule.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An object with named fields, each under its rule; further fields are allowed, as TypeScript does.
 */
// @__NO_SIDE_EFFECTS__
export function fields(rules: Readonly<Record<string, Rule>>): Rule {
  const entries = Object.entries(rules);
  const wanted = entries.filter(([, { faultOf }]) => faultOf(undefined) !== undefined).map(([name]) => name);
  const what = wanted.length === 0 ? 'an object' : `an object with ${wanted.join(', ')}`;
  const faultOf = (value: unknown): Fault | undefined => {
    if (!isObject(value)) {
      return { path: '', value, what };
    }
    for (const [name, rule] of entries) {
      const fault = rule.faultOf(value[name]);
      if (fault !== undefined) {
        return within(`.${name}`, fault);
      }
    }
    return undefined;
  };
  return { what, faultOf };
}

/** An object of entries by any name, all under one rule. */
// @__NO_SIDE_EFFECTS__
export function tableOf(entry: Rule): Rule {
  const what = 'an object of entries by name';
  const faultOf = (value: unknown): Fault | undefined => {
    if (!isObject(value)) {
      return { path: '', value, what };
    }
    for (const [name, part] of Object.entries(value)) {
      const fault = entry.faultOf(part);
      if (fault !== undefined) {
        return within(`.${name}`, fault);
      }
    }
    return undefined;
  };
  return { what, faultOf };
}

/** A Map, whatever its entries. */
export const map = ruleOf('a Map', (value) => Object.prototype.toString.call(value) === '[object Map]');
