/** The Jest settings of every package: native ES modules, TypeScript through SWC, sources of sibling packages. */
export default {
  testEnvironment: 'node',
  // A hang is caught; a busy machine is not a failure.
  testTimeout: 120_000,
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@fractura/source', 'node', 'node-addons'] },
};
