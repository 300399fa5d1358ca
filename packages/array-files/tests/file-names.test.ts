import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { useTemporaryFolder } from '@fractura/testing';
import { checkFileName, checkPathBelow, joinInside } from '../src/index.js';

const place = useTemporaryFolder();
const refused = expect.objectContaining({ code: 'unsafe-name', remedy: expect.any(String) });
const of = 'The case in dataset.json';

test.each(['case_001', '.nii.gz', 'wrist left (1)', 'nnUNetPlans_2d', '..a', 'Röntgen', 'ab:c'])(
  '%j is a name',
  (name) => {
    expect(checkFileName(name, { of })).toBe(name);
  },
);

test.each(
  [
    [
      '',
      '.',
      '..',
      '../x',
      'a/b',
      'a\\b',
      '.a/../../x',
      'C:x',
      'a\0b',
      'a\nb',
      '\u001b[2J',
      'CON',
      'nul.txt',
      'Lpt1.png',
    ],
    [3, null, undefined, ['a'], {}],
  ].flat(),
)('%j is no name', (name) => {
  expect(() => checkFileName(name, { of })).toThrow(refused);
});

test('says which name is refused and why', () => {
  expect(() => checkFileName('../../x', { of })).toThrow(
    'The case in dataset.json is "../../x", which is refused: it leads to another folder.',
  );
});

test.each(['a.png', 'left/a.png', './a.png', 'left\\a.png', 'aux.png', 'a..b/c'])(
  '%j leads below the folder',
  (path) => {
    expect(checkPathBelow(path, { of })).toBe(path);
  },
);

test.each(['', '.', './', '/etc/passwd', '\\\\server\\x', 'C:\\x.png', '../x', 'a/../../x', 'a\\..\\..\\x', 'a\0'])(
  '%j leads out of the folder',
  (path) => {
    expect(() => checkPathBelow(path, { of })).toThrow(refused);
  },
);

test('what is joined stays inside, also where a link leads out', async () => {
  const folder = place('inside');
  await mkdir(join(folder, 'own'), { recursive: true });
  await mkdir(place('outside'));
  await writeFile(place('outside/secret'), '');
  await symlink(place('outside'), join(folder, 'out'));
  await symlink(join(folder, 'own'), join(folder, 'in'));
  expect(joinInside(folder, 'own', 'new', 'file')).toBe(join(folder, 'own/new/file'));
  expect(joinInside(folder, 'in/file')).toBe(join(folder, 'in/file'));
  expect(() => joinInside(folder, 'out', 'file')).toThrow(refused);
  expect(() => joinInside(folder, 'out/secret')).toThrow('a symbolic link leads out of the folder');
  expect(() => joinInside(folder, '..', 'outside')).toThrow(refused);
});
