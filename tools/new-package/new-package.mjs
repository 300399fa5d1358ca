#!/usr/bin/env node
/**
 * Makes a package from nothing: `node tools/new-package/new-package.mjs NAME foundation|piece|workflow|assembly "One sentence."`
 * Afterwards run `npm install` and `npx nx sync`.
 */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [name, tag, description] = process.argv.slice(2);
if (
  !/^[a-z][a-z0-9-]*$/.test(name ?? '') ||
  !['foundation', 'piece', 'workflow', 'assembly'].includes(tag) ||
  !description
) {
  console.error(
    'usage: new-package.mjs NAME foundation|piece|workflow|assembly "One sentence that ends with a full stop."',
  );
  process.exit(2);
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'packages', name);
if (existsSync(folder)) {
  console.error(`packages/${name} exists already; choose another name or delete it first`);
  process.exit(1);
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const className = `${name
  .split('-')
  .map((word) => word[0].toUpperCase() + word.slice(1))
  .join('')}Error`;

const manifest = {
  name: `@fractura/${name}`,
  version: '0.1.0',
  description,
  keywords: name.split('-'),
  homepage: `https://github.com/fractura/fractura/tree/main/packages/${name}#readme`,
  bugs: 'https://github.com/fractura/fractura/issues',
  license: 'Apache-2.0',
  author: 'The Fractura authors',
  repository: { type: 'git', url: 'git+https://github.com/fractura/fractura.git', directory: `packages/${name}` },
  type: 'module',
  sideEffects: false,
  main: './dist/index.cjs',
  module: './dist/index.js',
  types: './dist/index.d.ts',
  exports: {
    '.': {
      '@fractura/source': './src/index.ts',
      import: { types: './dist/index.d.ts', default: './dist/index.js' },
      require: { types: './dist/index.d.cts', default: './dist/index.cjs' },
    },
    './package.json': './package.json',
  },
  files: ['dist', 'src', 'CHANGELOG.md'],
  engines: { node: '^20.19.0 || ^22.12.0 || >=24' },
  publishConfig: { access: 'public' },
  scripts: { build: 'tsup' },
  dependencies: {},
  nx: { tags: [`type:${tag}`] },
};

const files = {
  'package.json': json(manifest),
  'README.md': `# @fractura/${name}\n\n${description}\n`,
  'tsup.config.ts': `import { libraryBuild } from '../../tools/tsup.mjs';\n\nexport default libraryBuild();\n`,
  'jest.config.mjs': `import preset from '../../tools/jest/preset.mjs';\n\nexport default { ...preset, displayName: '${name}' };\n`,
  'tsconfig.json': json({
    extends: '../../tsconfig.base.json',
    files: [],
    references: [{ path: './tsconfig.lib.json' }, { path: './tsconfig.spec.json' }],
  }),
  'tsconfig.lib.json': json({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'out-tsc/lib', types: ['node'] },
    include: ['src/**/*.ts'],
  }),
  'tsconfig.spec.json': json({
    extends: '../../tsconfig.base.json',
    compilerOptions: { outDir: 'out-tsc/spec', types: ['node'] },
    include: ['tests/**/*.ts'],
    references: [{ path: './tsconfig.lib.json' }],
  }),
  'src/index.ts': tag === 'foundation' && name === 'errors' ? '' : `export { ${className} } from './errors.js';\n`,
};
for (const [path, text] of Object.entries(files)) {
  const target = join(folder, path);
  mkdirSync(join(target, '..'), { recursive: true });
  writeFileSync(target, text);
}
copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
console.log(`packages/${name} is there; write src/errors.ts and the rest, then: npm install && npx nx sync`);
