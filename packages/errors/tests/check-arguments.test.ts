import { expect, test } from '@jest/globals';
import { checkArguments, checkOptions, FracturaError, rule } from '../src/index.js';

const optionsRule = rule.fields({
  labels: rule.numbers,
  folds: rule.optional(rule.whole({ from: 2, to: 20 })),
  rate: rule.optional(rule.number({ above: 0, to: 1 })),
  fit: rule.optional(rule.oneOf(['stretch', 'letterbox'])),
  records: rule.optional(rule.listOf(rule.fields({ file: rule.text }))),
  label: rule.optional(rule.either(rule.count, rule.listOf(rule.count, { from: 1 }))),
  cap: rule.optional(rule.orNull(rule.number({ to: Infinity }))),
});

const refusalOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    const { message, code, remedy } = error as FracturaError;
    return `${code}: ${message} ${remedy}`;
  }
  return 'none';
};

test('options that keep their rules are given back as they are', () => {
  const options = { labels: new Float32Array(2), folds: 5, rate: 1, fit: 'stretch', label: [1, 2], cap: null, more: 1 };
  expect(checkOptions(options, optionsRule, FracturaError)).toBe(options);
  expect(checkOptions({ labels: [], cap: Infinity }, optionsRule, FracturaError)).toEqual({
    labels: [],
    cap: Infinity,
  });
});

test.each([
  [null, 'The options are null. It must be an object with labels.'],
  [undefined, 'The options are missing. It must be an object with labels.'],
  [{}, 'The option labels is missing. It must be an array of numbers.'],
  [{ labels: '12' }, 'The option labels is "12". It must be an array of numbers.'],
  [{ labels: [], folds: NaN }, 'The option folds is NaN. It must be a whole number from 2 to 20.'],
  [{ labels: [], folds: 2.5 }, 'The option folds is 2.5. It must be a whole number from 2 to 20.'],
  [{ labels: [], folds: null }, 'The option folds is null. It must be a whole number from 2 to 20.'],
  [{ labels: [], rate: 0 }, 'The option rate is 0. It must be a number above 0 to 1.'],
  [{ labels: [], fit: 'crop' }, 'The option fit is "crop". It must be one of stretch, letterbox.'],
  [
    { labels: [], records: [{ file: 'a' }, { file: '' }] },
    'The option records[1].file is "". It must be a text that is not empty.',
  ],
  [{ labels: [], label: [] }, 'The option label is []. It must be a whole number from 1 on, or a list of at least 1.'],
  [{ labels: [], label: [0] }, 'The option label[0] is 0. It must be a whole number from 1 on.'],
  [{ labels: [], cap: NaN }, 'The option cap is NaN. It must be a number, or null.'],
])('%j is refused', (options, sentence) => {
  expect(refusalOf(() => checkOptions(options, optionsRule, FracturaError))).toBe(`option-invalid: ${sentence}`);
});

test('arguments are told by their names, options among them as options', () => {
  const rules = { path: rule.text, options: rule.fields({ seed: rule.whole({ from: 0 }) }) };
  const check = (path: unknown, options: unknown) => () => {
    checkArguments({ path, options }, rules, FracturaError);
  };
  expect(refusalOf(check('a', { seed: 0 }))).toBe('none');
  expect(refusalOf(check(1, { seed: 0 }))).toContain('The argument path is 1.');
  expect(refusalOf(check('a', { seed: -1 }))).toContain('The option seed is -1.');
  expect(refusalOf(check('a', null))).toContain('The options are null.');
});
