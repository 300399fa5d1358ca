import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Packages whose own types do not pass without `skipLibCheck`, as the root README says. */
const faulty = ['@tensorflow/'];

/**
 * Compiles the examples in a consumer's folder, and checks with them the types of all packages that they import, as a project without
 * `skipLibCheck` does.
 */
export function checkTypes(folder) {
  const { stdout, stderr } = spawnSync('npx', ['tsc', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const errors = stdout.split('\n').filter((line) => /error TS/.test(line));
  const ours = errors.filter((line) => !faulty.some((name) => line.startsWith(`node_modules/${name}`)));
  if (ours.length > 0 || !existsSync(join(folder, 'compiled'))) {
    console.error(`types: FAILED\n${ours.join('\n')}\n${stderr}\nThe folder is kept: ${folder}`);
    process.exit(1);
  }
  console.log(`types hold without skipLibCheck, but for ${errors.length} errors of TensorFlow.js's own`);
}
