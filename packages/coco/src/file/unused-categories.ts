import type { CocoCategory, CocoFile } from './coco-file.js';

/**
 * Categories without any annotation, in the file's order, such as the root that Roboflow puts before the classes: a network
 * cannot learn them.
 */
export function unusedCategories({
  annotations,
  categories,
}: Pick<CocoFile, 'annotations' | 'categories'>): CocoCategory[] {
  const used = new Set(annotations.map(({ category_id: id }) => id));
  return categories.filter(({ id }) => !used.has(id));
}
