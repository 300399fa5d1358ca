import preset from '../jest/preset.mjs';

/** `npm run test:slow`: minutes on two cores. */
export default {
  ...preset,
  displayName: 'fuzz',
  testMatch: ['<rootDir>/tests/**/*.slow.ts'],
  testTimeout: 600_000,
  maxWorkers: '100%',
};
