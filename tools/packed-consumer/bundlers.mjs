import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const page = `import { pageEngineNames, useEngine } from '@fractura/tfjs-engine/page';
const taken = await useEngine({ prefer: 'cpu', wasmPath: '/wasm/' });
document.title = taken.name + ' of ' + pageEngineNames.join(', ');
`;

/** Each bundler, quickly: nothing is minified. */
const bundlers = {
  esbuild: ['esbuild', 'page.ts', '--bundle', '--format=esm', '--outfile=bundles/esbuild.js', '--log-level=warning'],
  vite: ['vite', 'build', '--minify', 'false', '--outDir', 'bundles/vite', '--logLevel', 'warn'],
  webpack: ['webpack', '--mode', 'none', '--entry', './page.js', '--output-path', 'bundles/webpack'],
};

/**
 * Bundles a page that uses the engine in a consumer's folder, where the optional backends are not installed, with each bundler, and
 * checks its types as a project for bundlers does, without extra conditions.
 *
 * @param check runs a command and ends the program where it fails.
 */
export function checkBundlers(folder, check) {
  const project = join(folder, 'web-page');
  mkdirSync(project);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const files = {
    'page.ts': page,
    'page.js': page,
    'index.html': '<script type="module" src="./page.js"></script>',
    'package.json': JSON.stringify({ private: true, type: 'module' }),
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['page.ts'] }),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(project, name), text);
  }
  check('types of a page, resolved as bundlers do', 'npx', ['tsc'], project);
  for (const [bundler, command] of Object.entries(bundlers)) {
    check(`a page bundled by ${bundler}`, 'npx', command, project);
  }
  console.log(`a page bundles with ${Object.keys(bundlers).join(', ')} without the optional backends`);
}
