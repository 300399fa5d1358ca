import { cp, lstat, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { runCommandLine } from '@fractura/command-line';
import { exploreCommand } from '../../src/commands/explore.js';
import {
  atlasLayout,
  holdOut,
  loadFracAtlas,
  makeSyntheticAtlas,
  writeSplit,
  type AtlasAudit,
  type AtlasExploration,
} from '../../src/index.js';

let data: string;
let out: string;

beforeAll(async () => {
  data = await temporaryFolder();
  out = join(await temporaryFolder(), 'audit');
  await makeSyntheticAtlas({ directory: data, fractured: 12, normal: 12, seed: 6 });
});

async function run(...words: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({ isTTY: false, write: (text: string) => (written[name] += text) }) as unknown as NodeJS.WriteStream;
  const program = { name: 'fractura', version: '0.0.0', summary: 'Tests.', commands: [exploreCommand] };
  const status = await runCommandLine(program, ['explore', ...words], {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  });
  return { status, ...written };
}

test('a FracAtlas folder gives audit.json and audit.html, and a line for each finding', async () => {
  const { status, stdout, stderr } = await run('--data', data, '--out', out);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${join(out, 'audit.html')}\n` });
  expect((await readdir(out)).sort()).toEqual(['audit.html', 'audit.json']);
  const { audit, exploration } = JSON.parse(await readFile(join(out, 'audit.json'), 'utf8')) as {
    audit: AtlasAudit;
    exploration: AtlasExploration;
  };
  expect([audit.images, exploration.images]).toEqual([24, 24]);
  for (const { title } of audit.findings) {
    expect(stderr).toContain(title);
  }
});

test('a link in the output folder is replaced, and what it points to stays', async () => {
  const [elsewhere, linked] = [join(await temporaryFolder(), 'kept.html'), await temporaryFolder()];
  await writeFile(elsewhere, 'kept');
  await symlink(elsewhere, join(linked, 'audit.html'));
  expect(await run('--data', data, '--out', linked)).toMatchObject({ status: 0 });
  expect(await readFile(elsewhere, 'utf8')).toBe('kept');
  expect((await lstat(join(linked, 'audit.html'))).isSymbolicLink()).toBe(false);
});

test('no output takes the place of an annotation file', async () => {
  const folder = await temporaryFolder();
  const annotations = join(folder, 'audit.json');
  await cp(atlasLayout(data).coco, annotations);
  const before = await readFile(annotations, 'utf8');
  const images = ['--images', atlasLayout(data).fractured, '--annotations', annotations];
  expect(await run(...images, '--out', folder)).toMatchObject({ status: 1 });
  expect(await readFile(annotations, 'utf8')).toBe(before);
});

test('--json prints what audit.json holds', async () => {
  const { stdout } = await run('--data', data, '--out', out, '--json');
  expect(JSON.parse(stdout)).toEqual(JSON.parse(await readFile(join(out, 'audit.json'), 'utf8')));
});

test('a COCO folder and a split are taken as well', async () => {
  const layout = atlasLayout(data);
  const { records } = await loadFracAtlas(data);
  const split = join(await temporaryFolder(), 'mine.csv');
  await writeSplit(
    split,
    holdOut(
      records.filter(({ fractured }) => fractured),
      { seed: 1 },
    ),
  );
  const words = ['--images', layout.fractured, '--annotations', layout.coco, '--out', out, '--split', split, '--json'];
  const { status, stdout } = await run(...words);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ audit: { images: 12, fractured: 12, splits: ['mine'] } });
});

test('a split of somebody else that has a file twice, and an image that is missing, are findings', async () => {
  const copy = await temporaryFolder();
  await cp(data, copy, { recursive: true });
  const [gone, first, second] = await readdir(atlasLayout(copy).fractured);
  await rm(join(atlasLayout(copy).fractured, gone));
  const split = join(copy, 'mine.csv');
  await writeFile(split, `image,split\n${first},train\n${second},train\n${first},test\nnone.jpg,test\n`);
  const { status, stdout } = await run('--data', copy, '--out', out, '--split', split, '--json');
  expect(status).toBe(0);
  const { findings } = (JSON.parse(stdout) as { audit: AtlasAudit }).audit;
  const filesOf = (code: string) => findings.find((finding) => finding.code === code)?.files;
  expect(filesOf('image-missing')).toEqual([gone]);
  expect(filesOf('split-overlap-given')).toEqual([first]);
  expect(filesOf('split-unknown-given')).toEqual(['none.jpg']);
});

test.each([
  ['neither data nor images', [], 2],
  ['both data and images', ['--data', 'a', '--images', 'b'], 2],
  ['a folder that is not there', ['--data', '/no/such/folder'], 1],
])('%s ends with one message', async (_, words, expected) => {
  const { status, stdout, stderr } = await run(...words, '--out', out);
  expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(4);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('a place that cannot be written ends with status 1', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const { status, stderr } = await run('--data', data, '--out', join(file, 'audit'));
  expect(status).toBe(1);
  expect(stderr).toContain(file);
});
