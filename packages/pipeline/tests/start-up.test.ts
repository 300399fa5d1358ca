import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const program = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const hook = new URL('support/tell-loaded-modules.mjs', import.meta.url).href;

/** The modules that the built program imports, without those of Node itself. */
function modulesOf(...args: string[]): { status: number | null; output: string; modules: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', hook, program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const modules = [...stderr.matchAll(/^loaded (file:.*)$/gm)].map(([, url]) => url);
  return { status, output: stdout, modules };
}

/** What only commands at work need: arithmetic, decoders of images, the schema of the settings, plans and labels. */
const heavy =
  /node_modules\/(@tensorflow|sharp|zod|yaml|@xmldom|fflate|fast-png)\/|packages\/pipeline\/dist\/(run|init)-/;

test.each(['--version', '--help'])(
  '%s loads neither TensorFlow.js nor any other part of a command’s work',
  (option) => {
    const { status, output, modules } = modulesOf(option);
    expect(status).toBe(0);
    expect(output).toMatch(option === '--version' ? /^\d+\.\d+\.\d+/ : /fractura predict/);
    expect(modules.filter((url) => heavy.test(url))).toEqual([]);
    expect(modules.length).toBeGreaterThan(10);
    // Sixty-odd, of which yargs has most.
    expect(modules.length).toBeLessThan(90);
  },
);

test('the help of a command loads that command alone', () => {
  const { status, output, modules } = modulesOf('convert', '--help');
  expect({ status, output }).toMatchObject({ status: 0, output: expect.stringContaining('--annotations') as unknown });
  expect(modules.filter((url) => url.includes('@tensorflow'))).toEqual([]);
  expect(modules.some((url) => url.includes('/coco-to-nifti/dist/convert-'))).toBe(true);
});
