import { expect, test } from '@jest/globals';
import { studentInterval } from '../../src/intervals/student.js';

// scipy 1.17.1: stats.t.interval(confidence, len(v) - 1, np.mean(v), stats.sem(v))
test.each([
  [[0.5, 0.6], 0.95, 0.55, -0.08531023680873451, 1.1853102368087347],
  [[0.71, 0.74, 0.69], 0.95, 0.7133333333333333, 0.6508172385395754, 0.7758494281270911],
  [[0.71, 0.74, 0.69], 0.8, 0.7133333333333333, 0.6859359377645822, 0.7407307289020844],
  [[1, 2, 3, 4, 5, 6.5], 0.95, 3.5833333333333335, 1.4735587527448275, 5.693107913921839],
])('the interval of the mean of %j at %d is scipy’s', (values, confidence, mean, lower, upper) => {
  const interval = studentInterval(values, { confidence });
  expect(interval.value).toBeCloseTo(mean, 12);
  expect(interval.lower).toBeCloseTo(lower, 10);
  expect(interval.upper).toBeCloseTo(upper, 10);
});

test('one value has no bounds, and none has no mean', () => {
  expect(studentInterval([0.5])).toMatchObject({ value: 0.5, lower: NaN, upper: NaN });
  expect(() => studentInterval([])).toThrow(expect.objectContaining({ code: 'no-cases' }));
  expect(() => studentInterval([1, 2], { confidence: 1 })).toThrow(expect.objectContaining({ code: 'option-invalid' }));
});
