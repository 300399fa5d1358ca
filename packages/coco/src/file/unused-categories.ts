import { checkArguments, rule } from '@fractura/errors';
import { cocoAnnotationRule, type CocoCategory, cocoCategoryRule, type CocoFile } from './coco-file.js';
import { CocoError } from '../errors.js';

/**
 * Categories without any annotation, in the file's order, such as the root that Roboflow puts before the classes: a network
 * cannot learn them.
 */
export function unusedCategories(cocoFile: Pick<CocoFile, 'annotations' | 'categories'>): CocoCategory[] {
  checkArguments({ cocoFile }, unusedCategoriesArguments, CocoError);
  const { annotations, categories } = cocoFile;
  const used = new Set(annotations.map(({ category_id: id }) => id));
  return categories.filter(({ id }) => !used.has(id));
}

const unusedCategoriesArguments = {
  cocoFile: rule.fields({ annotations: rule.listOf(cocoAnnotationRule), categories: rule.listOf(cocoCategoryRule) }),
};
