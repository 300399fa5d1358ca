import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of the workspace. */
export const workspaceRoot = fileURLToPath(new URL('../..', import.meta.url));

/**
 * An option of Node for compilers, linters and tests: they make very many objects that live for a moment, and a larger space for young
 * objects (64 MB instead of 16) is gone over less often.
 */
export const roomForYoungObjects = '--max-semi-space-size=64';

/**
 * Runs a command in the workspace. Its output is shown as it comes; with `capture` it is also given back.
 * The exit status is given, not thrown.
 */
export function run(command, args, { capture = false, cwd = workspaceRoot, env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = capture || quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...env } });
    let output = '';
    for (const [name, stream] of [
      ['stdout', child.stdout],
      ['stderr', child.stderr],
    ]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        if (!quiet) {
          process[name].write(chunk);
        }
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** Runs a step that later ones need; ends the program with one line when it fails. A quiet one says how long it takes. */
export async function mustRun(what, command, args, options) {
  const start = Date.now();
  const said = setInterval(() => {
    if (options?.quiet) {
      console.error(`  ${what}: ${Math.round((Date.now() - start) / 1000)} s so far`);
    }
  }, 10_000);
  const { status, output } = await run(command, args, options).finally(() => clearInterval(said));
  if (status === 0) {
    return output;
  }
  if (options?.quiet) {
    process.stderr.write(output);
  }
  console.error(`error: ${what} failed (${command} ${args.join(' ')}, status ${status})`);
  process.exit(1);
}
