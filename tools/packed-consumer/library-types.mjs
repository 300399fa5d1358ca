import { spawnSync } from 'node:child_process';

/** Packages whose own types do not pass `skipLibCheck: false`, as the root README says. */
const faulty = ['@tensorflow/'];

/** Checks the types of all packages that the examples import, as `skipLibCheck: false` does, in a consumer's folder. */
export function checkLibraryTypes(folder) {
  const args = ['tsc', '--noEmit', '--skipLibCheck', 'false', '--pretty', 'false'];
  const { stdout } = spawnSync('npx', args, { cwd: folder, encoding: 'utf8' });
  const errors = stdout.split('\n').filter((line) => /^\S.*: error TS/.test(line));
  const ours = errors.filter((line) => !faulty.some((name) => line.startsWith(`node_modules/${name}`)));
  if (ours.length > 0) {
    console.error(`types with skipLibCheck: false: FAILED\n${ours.join('\n')}\nThe folder is kept: ${folder}`);
    process.exit(1);
  }
  console.log(`types hold with skipLibCheck: false, but for ${errors.length} errors of TensorFlow.js's own`);
}
