/** A number that Python would hold as a float: 1 is written `1.0`. */
export class PythonFloat {
  constructor(readonly value: number) {}
}

/** `repr(float)`: the shortest digits that read back the same, with Python's spelling of exponents, NaN and infinities. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? 'Infinity' : '-Infinity';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0.0' : '0.0';
  }
  const [mantissa, exponentText] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  // CPython's float_repr_style: fixed from 1e-4 up to below 1e16.
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const fixed = exponent < -6 ? value.toFixed(20) : String(value);
  return fixed.includes('.') ? fixed : `${fixed}.0`;
}
