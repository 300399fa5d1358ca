import { expect, test } from '@jest/globals';
import { faultsOfHostileCalls } from '../src/hostile-calls.js';

const refusal = Object.assign(new Error('The argument is wrong.'), {
  code: 'option-invalid',
  remedy: 'Give another one.',
  [Symbol.for('fractura.error')]: true,
});

test('results and errors with a code and a remedy are no faults; what JavaScript throws is one, deep within arguments too', async () => {
  const module = {
    takesAll: () => 1,
    refusesAll: () => {
      throw refusal;
    },
    readsLength: (text: string) => text.length,
    readsDeep: (given: unknown) => {
      if (typeof given !== 'object' || given === null || !('parts' in given)) {
        throw refusal;
      }
      return (given as { parts: { name: string }[] }).parts[0].name.trim();
    },
  };
  const faults = await faultsOfHostileCalls(module, { sound: { readsDeep: [{ parts: [{ name: 'hand' }] }] } });
  expect(faults.some((fault) => fault.startsWith('readsLength(null): TypeError'))).toBe(true);
  expect(faults.some((fault) => fault.startsWith('readsDeep({"parts":[{"name":null}]}): TypeError'))).toBe(true);
  expect(faults.some((fault) => /^(takesAll|refusesAll)/.test(fault))).toBe(false);
});
