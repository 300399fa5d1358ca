import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, expect, test } from '@jest/globals';
import { refuseOverwrite } from '../src/index.js';

let folder: string;
let input: string;
beforeEach(async () => {
  folder = await temporaryFolder('refuse-overwrite-');
  await mkdir(join(folder, 'images'));
  input = join(folder, 'images', 'a.png');
  await writeFile(input, 'a');
  await symlink(input, join(folder, 'symbolic.png'));
  await symlink(join(folder, 'images'), join(folder, 'linked-folder'));
  await link(input, join(folder, 'hard.png'));
});

test.each([
  ['the same name', () => input],
  ['a relative one', () => relative(process.cwd(), input)],
  ['a detour', () => join(folder, 'images') + '/../images/a.png'],
  ['a symbolic link', () => join(folder, 'symbolic.png')],
  ['a path through a linked folder', () => join(folder, 'linked-folder', 'a.png')],
  ['a hard link', () => join(folder, 'hard.png')],
])('an output that is an input by %s is refused, with both named', async (_, output) => {
  const refusal = expect(refuseOverwrite({ inputs: [input], outputs: [undefined, output()] })).rejects;
  await refusal.toMatchObject({ code: 'output-is-input', remedy: 'Choose another place for the output.' });
  await expect(refuseOverwrite({ inputs: [input], outputs: [output()] })).rejects.toThrow(output());
});

test('a folder that is to be filled may neither be an input nor hold one', async () => {
  for (const filled of [folder, join(folder, 'images'), join(folder, 'linked-folder')]) {
    await expect(refuseOverwrite({ inputs: [input], folders: [filled] })).rejects.toMatchObject({
      code: 'output-is-input',
    });
  }
  await expect(
    refuseOverwrite({ inputs: [join(folder, 'images')], folders: [join(folder, 'linked-folder')] }),
  ).rejects.toMatchObject({ code: 'output-is-input' });
});

test('other files, new files and folders beside an input are allowed', async () => {
  await writeFile(join(folder, 'images', 'b.png'), 'b');
  await refuseOverwrite({
    inputs: [input, undefined, join(folder, 'not-there.csv')],
    outputs: [join(folder, 'images', 'b.png'), join(folder, 'new.png'), join(folder, 'not-there.csv')],
    folders: [join(folder, 'images-2'), join(folder, 'image')],
  });
});
