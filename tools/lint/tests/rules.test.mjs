import { describe, it, afterAll } from '@jest/globals';
import { RuleTester } from 'eslint';
import { errorMessage } from '../rules/error-message.mjs';
import { plainObjects } from '../rules/plain-objects.mjs';

Object.assign(RuleTester, { describe, it, itOnly: it.only, afterAll });
const tester = new RuleTester();

const start = { messageId: 'start' };
const end = { messageId: 'end' };

tester.run('error-message', errorMessage, {
  valid: [
    "new MetricsError('There are no cases.', { remedy: 'Give some.' })",
    "new MetricsError(`${file} is empty.`, { remedy: 'Give another.' })",
    'new MetricsError(\'"a" is no class.\')',
    "new MetricsError('--size is 0; it must be more.')",
    "new MetricsError('testShare is 2; expected less than 1.')",
    "new MetricsError('dataset.json has no labels.')",
    'new MetricsError(`The process ended.${hint}`)',
    'new MetricsError(`${sentence} Did you mean ${nearest}?`)',
    'new MetricsError(message)',
    'new MetricsError(`Fold 1 failed: ${error.message}`)',
    "const check = (name) => new MetricsError(`${name} is 0.`); check('images')",
    "new Error('its pages are not grey')",
    "const invalid = (what) => new MetricsError(`${file} ${what}.`); invalid('has no rows')",
    "function invalid(code, message) { throw new MetricsError(message, { code }); } invalid('bad-table', 'The table is empty.')",
  ],
  invalid: [
    { code: "new MetricsError('there are no cases.')", errors: [start] },
    { code: "new MetricsError('There are no cases')", errors: [end] },
    { code: 'new MetricsError(`${file}: ${reason}`)', errors: [end] },
    { code: "new MetricsError('There are none.', { remedy: 'give some' })", errors: [start, end] },
    { code: "new MetricsError(empty ? 'nothing' : 'Much.')", errors: [start, end] },
    { code: "const text = 'nothing'; throw new MetricsError(text)", errors: [start, end] },
    { code: "const invalid = (message) => new MetricsError(message); invalid('nothing.')", errors: [start] },
    {
      code: "function inner(message) { return new MetricsError(message); } const outer = (text) => inner(text); outer('Nothing')",
      errors: [end],
    },
  ],
});

tester.run('plain-objects', plainObjects, {
  valid: [
    '({ a, b: undefined })',
    '({ ...defaults, a })',
    '({ ...(wide ? large : small), a })',
    '[...(a ? [1] : [])]',
    '({ ...(given ?? {}) })',
  ],
  invalid: [
    { code: '({ ...{ a, b }, c })', errors: [{ messageId: 'groups' }] },
    { code: '({ ...(a === undefined ? {} : { a }) })', errors: [{ messageId: 'guards' }] },
    { code: '({ ...(a ? { a } : {}) })', errors: [{ messageId: 'guards' }] },
    { code: '({ ...(a && { a }) })', errors: [{ messageId: 'guards' }] },
  ],
});
