import { PythonFloat } from '@fractura/python-compat';
import type { IntensityProperties } from './dataset-fingerprint.js';

/** Intensity properties by channel for Python's JSON: all of them floats, whole or not. */
export function encodeIntensities(channels: Record<string, IntensityProperties>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(channels).map(([channel, properties]) => [
      channel,
      Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, new PythonFloat(value as number)])),
    ]),
  );
}
