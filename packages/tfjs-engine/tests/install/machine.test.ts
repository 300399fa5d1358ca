import { describe, expect, test } from '@jest/globals';

import { wheelsFor, type Machine } from '../../src/install/machine.js';

const linux: Machine = { platform: 'linux', arch: 'x64', glibc: '2.36', avx: true };

describe('wheelsFor', () => {
  test('names one pinned wheel for each machine that TensorFlow is built for', () => {
    const machines = [linux, { ...linux, arch: 'arm64' }, { ...linux, platform: 'darwin', arch: 'arm64' }];
    const hashes = machines.map((machine) => wheelsFor(machine)[0].sha256);
    expect(new Set(hashes).size).toBe(3);
    for (const hash of hashes) {
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('adds CUDA and cuDNN for GPUs, on Linux x64 alone', () => {
    const projects = wheelsFor(linux, 'cuda').map(({ project }) => project);
    expect(projects).toEqual(expect.arrayContaining(['tensorflow', 'nvidia-cudnn-cu12', 'nvidia-cublas-cu12']));
    expect(() => wheelsFor({ ...linux, arch: 'arm64' }, 'cuda')).toThrow('CUDA');
  });

  test.each<[string, Partial<Machine>]>([
    ['platform-unsupported', { platform: 'win32' }],
    ['platform-unsupported', { platform: 'darwin' }],
    ['musl', { glibc: undefined }],
    ['glibc-old', { glibc: '2.17' }],
    ['avx-missing', { avx: false }],
  ])('%s is said before anything is fetched', (code, difference) => {
    let caught: unknown;
    try {
      wheelsFor({ ...linux, ...difference });
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code, remedy: expect.stringContaining('wasm') as unknown });
  });

  test('a newer glibc with a smaller minor number is taken', () => {
    expect(wheelsFor({ ...linux, glibc: '3.0' })).toHaveLength(1);
  });
});
