import preset from './tools/jest/preset.mjs';

/**
 * Every test of the workspace in one run, as one project: its workers share what they have found, compiled and read of a source among
 * all packages. `npm test` does it.
 */
export default {
  ...preset,
  roots: ['<rootDir>/packages', '<rootDir>/tools'],
  testMatch: ['<rootDir>/{packages,tools}/*/tests/**/*.test.{ts,mjs}'],
  testSequencer: '<rootDir>/tools/jest/long-first.mjs',
  maxWorkers: '100%',
  // What modules of earlier files have left behind in a worker.
  workerIdleMemoryLimit: '2GB',
};
