import { expect, test } from '@jest/globals';

import type { Diagnosis } from '../../src/index.js';
import { doctorTable } from '../../src/doctor/doctor-table.js';

const speed = { matmulGflops: 50.4, convolutionGflops: 7.25, forwardGflops: 0.123, trainingGflops: 0.02 };
const diagnosis: Diagnosis = {
  machine: {
    node: '20.19.0',
    platform: 'linux x64 6.1',
    processor: 'Fast | Chip',
    cores: 2,
    memoryGb: 8,
    glibc: 'none',
    instructions: [],
  },
  versions: { '@tensorflow/tfjs': '4.22.0' },
  cacheDirectory: '/cache',
  prepared: undefined,
  engines: [
    { engine: 'native', works: false, reason: 'the loader says:\n  no such file' },
    { engine: 'wasm', works: true, version: '4.22.0', device: 'processor, one thread', speed },
  ],
  chosen: { engine: 'wasm', precision: 'float32' },
  copies: undefined,
};

test('the doctor gives tables that stay tables, whatever an error or a name says', () => {
  const lines = doctorTable(diagnosis).split('\n');
  expect(lines).toContain('| processor | Fast \\| Chip, 2 cores, no AVX |');
  expect(lines).toContain('| native engine | none ready |');
  expect(lines).toContain('| native | no | - | - | - | - | - | - | the loader says: no such file |');
  expect(lines).toContain('| wasm | yes | 4.22.0 | processor, one thread | 50 | 7.3 | 0.12 | 0.02 |  |');
  expect(lines.join('\n')).not.toContain('copies');
});

test('the processor’s instructions are told where they are known', () => {
  const withInstructions = (instructions: string[] | undefined) =>
    doctorTable({ ...diagnosis, machine: { ...diagnosis.machine, instructions } });
  expect(withInstructions(['avx2', 'avx512f'])).toContain('2 cores, avx2 avx512f |');
  expect(withInstructions(undefined)).toContain('2 cores |');
});

test('several copies of TensorFlow.js are told', () => {
  expect(doctorTable({ ...diagnosis, copies: 'There are 2 copies' })).toContain('| copies | There are 2 copies |');
});
