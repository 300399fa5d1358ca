/** Every test of the workspace in one run, which shares its workers among all packages: `npm test` does it. */
export default {
  projects: ['<rootDir>/packages/*/jest.config.mjs', '<rootDir>/tools/*/jest.config.mjs'],
  maxWorkers: '100%',
  // What modules of earlier files have left behind in a worker.
  workerIdleMemoryLimit: '2GB',
};
