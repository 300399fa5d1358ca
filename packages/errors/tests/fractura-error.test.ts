import { describe, expect, test } from '@jest/globals';
import { FracturaError } from '../src/index.js';

class LoaderError extends FracturaError {
  override readonly name = 'LoaderError';
}

describe('FracturaError', () => {
  test('carries code, remedy and cause', () => {
    const cause = new Error('inner');
    const error = new LoaderError('a.json is not JSON.', { code: 'bad-json', remedy: 'Write it again.', cause });
    expect(error).toMatchObject({ name: 'LoaderError', code: 'bad-json', remedy: 'Write it again.', cause });
  });

  test('is recognised by its marker, not by its class', () => {
    expect(FracturaError.isInstance(new LoaderError('It is missing.', { code: 'x' }))).toBe(true);
    expect(FracturaError.isInstance({ [Symbol.for('fractura.error')]: true })).toBe(true);
    expect(FracturaError.isInstance(new Error('x'))).toBe(false);
    expect(FracturaError.isInstance(null)).toBe(false);
  });
});
