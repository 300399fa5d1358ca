import { expect, test } from '@jest/globals';
import { joinPath } from '../src/index.js';

// Python 3: os.path.join(folder, name).
test.each([
  ['folder', 'name', 'folder/name'],
  ['folder/', 'name', 'folder/name'],
  ['./a/../b', 'name', './a/../b/name'],
  ['', 'name', 'name'],
])('os.path.join(%j, %j) is %j', (folder, name, path) => {
  expect(joinPath(folder, name)).toBe(path);
});
