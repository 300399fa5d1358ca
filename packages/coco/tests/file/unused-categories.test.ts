import { expect, test } from '@jest/globals';
import { unusedCategories } from '../../src/index.js';

test('the root of a Roboflow export is a category that nobody uses', () => {
  const categories = ['bones', 'fracture', 'implant'].map((name, id) => ({ id, name }));
  const annotations = [1, 2, 2].map((category_id, id) => ({ id, image_id: 1, category_id }));
  expect(unusedCategories({ categories, annotations })).toEqual([{ id: 0, name: 'bones' }]);
  expect(unusedCategories({ categories, annotations: [] })).toEqual(categories);
});
