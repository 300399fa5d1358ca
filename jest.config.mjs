/** Every test of the workspace in one run, which shares its workers among all packages: `npm test` does it. */
export default {
  // Jest takes this from here alone when it runs several projects: a hang is caught; a busy machine is not a failure.
  testTimeout: 120_000,
  projects: ['<rootDir>/packages/*/jest.config.mjs', '<rootDir>/tools/*/jest.config.mjs'],
  testSequencer: '<rootDir>/tools/jest/long-first.mjs',
  maxWorkers: '100%',
  // What modules of earlier files have left behind in a worker.
  workerIdleMemoryLimit: '2GB',
};
