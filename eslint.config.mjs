import nx from '@nx/eslint-plugin';
import jsonc from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';
import { fractura } from './tools/lint/plugin.mjs';

const tiers = ['type:foundation', 'type:piece', 'type:workflow', 'type:assembly'];

/** A package imports from tiers above its own only; foundations may use foundations. */
const moduleBoundaries = (...furtherTags) => ({
  '@nx/enforce-module-boundaries': [
    'error',
    {
      enforceBuildableLibDependency: false,
      // Benchmarks import engines when they are chosen.
      checkDynamicDependenciesExceptions: ['.*'],
      depConstraints: tiers.map((sourceTag, index) => ({
        sourceTag,
        onlyDependOnLibsWithTags: [...tiers.slice(0, Math.max(1, index)), ...furtherTags],
      })),
    },
  ],
});

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/fixtures', '**/coverage'] },
  { plugins: { '@nx': nx, fractura } },
  {
    files: ['**/*.ts', '**/*.mjs'],
    rules: {
      curly: ['error', 'all'],
      'fractura/plain-objects': 'error',
      'fractura/error-message': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExpressionStatement > UpdateExpression, ForStatement > UpdateExpression.update',
          message: 'Write += 1 or -= 1.',
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['warn', { max: 400 }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // So that a static method may be passed as a function.
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      // Numeric code walks several arrays with one index.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  { files: ['packages/*/src/**/*.ts'], rules: moduleBoundaries() },
  // Tests share what @fractura/testing has.
  { files: ['packages/*/tests/**/*.ts'], rules: moduleBoundaries('type:tool') },
  {
    files: ['packages/*/src/**/*.ts'],
    // The engines choose libraries by variables of the environment, before anything can be passed to them.
    ignores: [
      'packages/*/src/{bin,command,commands}.ts',
      'packages/*/src/**/commands/**',
      'packages/tfjs-engine/src/**',
      // A tool runs in the user's own environment.
      'packages/pinned-downloads/src/run-tool.ts',
      'packages/submit/src/engines/run-program.ts',
      // Programs that jobs are started by.
      'packages/submit/src/{engines/local/supervise-jobs,runner/run-job}.ts',
    ],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only commands read the environment: take an option.' },
      ],
    },
  },
  { files: ['**/*.mjs', '**/tsup.config.ts', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['packages/*/package.json'],
    languageOptions: { parser: jsonc },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          // The viewer's page is bundled when it is built: what it imports is not installed.
          ignoredFiles: [
            '{projectRoot}/tests/**',
            '{projectRoot}/bench/**',
            '{projectRoot}/*.config.*',
            'packages/viewer/src/page/**',
          ],
          checkVersionMismatches: false,
          // The peer of the model packages is passed on by what depends on them; an optional one is imported by a name in a constant.
          ignoredDependencies: ['@tensorflow/tfjs', 'onnxruntime-node'],
        },
      ],
    },
  },
);
