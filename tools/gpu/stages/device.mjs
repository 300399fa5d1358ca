/** The GPU's name and limits, and the engine's own self-test, which it must pass to be taken. */
import { useEngine } from '@fractura/tfjs-engine';
import * as tf from '@tensorflow/tfjs';
import { record } from '../record.mjs';

const limits = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
];

export async function run() {
  const begin = performance.now();
  const { device, version } = await useEngine({ prefer: 'webgpu' });
  record(
    'engine',
    `${device}, TensorFlow.js ${version}; self-test passed in ${((performance.now() - begin) / 1000).toFixed(1)} s`,
  );
  const adapter = await globalThis.navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const { vendor, architecture, description } = adapter.info;
  record('adapter', [vendor, architecture, adapter.info.device, description].filter(Boolean).join(', '));
  for (const name of limits) {
    record(name, `${adapter.limits[name]}, of the device ${tf.backend().device.limits[name]}`);
  }
  const features = [...adapter.features];
  record(
    'features',
    ['shader-f16', 'timestamp-query', 'subgroups']
      .map((name) => `${name}: ${features.includes(name) ? 'yes' : 'no'}`)
      .join(', '),
    {
      features,
    },
  );
}
