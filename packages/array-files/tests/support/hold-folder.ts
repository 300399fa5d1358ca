import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const built = new URL('../../dist/index.js', import.meta.url).href;

/** A process that holds a folder until it is killed or told to end by its input, once the folder is held. */
export async function holdFolder(folder: string): Promise<ChildProcess> {
  const program = `
    import { withFolder } from ${JSON.stringify(built)};
    await withFolder(${JSON.stringify(folder)}, async () => {
      process.stdout.write('held');
      await new Promise((resolve) => process.stdin.once('data', resolve));
    });
    process.stdin.destroy();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await once(child.stdout, 'data');
  return child;
}
