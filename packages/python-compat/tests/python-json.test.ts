import { expect, test } from '@jest/globals';
import { PythonFloat, encodePythonJson, parsePythonJson } from '../src/index.js';
import { golden } from './golden.js';

const value = {
  b: [1, 2.5, true, null, []],
  a: { x: 'é😀"\\\n', e: {} },
  n: Number.NaN,
  i: -Infinity,
};

test('writes what json.dumps writes', () => {
  expect(encodePythonJson(value)).toBe(golden.json.plain);
  expect(encodePythonJson(value, { indent: 4, sortKeys: true })).toBe(golden.json.indent4sorted);
});

test('tells floats from integers', () => {
  expect(encodePythonJson([1, new PythonFloat(1)])).toBe('[1, 1.0]');
});

test('reads NaN and infinities, but not inside strings', () => {
  expect(parsePythonJson(golden.json.plain)).toEqual(value);
  expect(parsePythonJson('{"a": "NaN or \\"Infinity", "b": [NaN, -Infinity]}')).toEqual({
    a: 'NaN or "Infinity',
    b: [Number.NaN, -Infinity],
  });
});

test('refuses what JSON cannot hold', () => {
  expect(() => encodePythonJson([() => 1])).toThrow(expect.objectContaining({ code: 'not-json' }));
});
