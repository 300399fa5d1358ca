import { describeValue } from './describe-value.js';
import type { Fault, Rule } from './rules/rule.js';

/** An error class of a package. */
export type ErrorClass = new (message: string, details: { code: string; remedy: string }) => Error;

/**
 * Checks the options of a function, which a caller without types may get wrong.
 *
 * @returns the options.
 * @throws PackageError `option-invalid`, which names the first option that breaks its rule, its value and what it must be.
 */
export function checkOptions<Options>(options: Options, rule: Rule, PackageError: ErrorClass): Options {
  const fault = rule.faultOf(options);
  if (fault !== undefined) {
    refuse(fault, 'The option', 'The options', PackageError);
  }
  return options;
}

/**
 * Checks the arguments of a function by their names; options among them are told as such.
 *
 * @throws PackageError `option-invalid`, as {@link checkOptions}.
 */
export function checkArguments<Name extends string>(
  given: Readonly<Record<Name, unknown>>,
  rules: Readonly<Record<Name, Rule>>,
  PackageError: ErrorClass,
): void {
  for (const name in rules) {
    const fault = rules[name].faultOf(given[name]);
    if (fault !== undefined && name === 'options') {
      refuse(fault, 'The option', 'The options', PackageError);
    }
    if (fault !== undefined) {
      refuse({ ...fault, path: `${name}${fault.path}` }, 'The argument', '', PackageError);
    }
  }
}

function refuse({ path, value, what }: Fault, part: string, whole: string, PackageError: ErrorClass): never {
  const subject = path === '' ? whole : `${part} ${path.replace(/^\./, '')}`;
  const verb = path === '' ? 'are' : 'is';
  const found = typeof value === 'number' ? String(value) : value === undefined ? 'missing' : describeValue(value);
  throw new PackageError(`${subject} ${verb} ${found}.`, { code: 'option-invalid', remedy: `It must be ${what}.` });
}
