import { checkPathBelow } from '@fractura/array-files';
import { describeValue, reasonOf } from '@fractura/errors';
import { shortPartOf } from '../polygons/flaw-of-polygons.js';
import { flawOfSegmentation } from '../segmentation/flaw-of-segmentation.js';
import { type SegmentationFlaw } from '../segmentation-flaw.js';
import { isPolygons, type CocoSegmentation } from '../segmentation/segmentation.js';
import type { CocoAnnotation, CocoCategory, CocoFile, CocoImage } from './coco-file.js';
import type { CocoFlaw } from './coco-flaw.js';
import { EntryFields, isEntry, type Entry } from './entry-fields.js';

/**
 * Checks what a COCO file holds and gives it its types. Without ids, names and references nothing can be told, so what is wrong
 * there is refused; flaws of single outlines, boxes and areas are handed to `onFlaw`, and nothing of them is kept.
 *
 * @param path the file, for messages.
 * @throws CocoError `coco-invalid`
 */
export function checkCoco(value: unknown, path: string, onFlaw: (flaw: CocoFlaw) => void): CocoFile {
  const fields = new EntryFields(path);
  if (!isEntry(value)) {
    return fields.refuse('the file', value, 'a JSON object');
  }
  const images = fields.list(value, 'images').map((entry, i) => imageOf(entry, `images[${i}]`, fields));
  const categories = fields.list(value, 'categories').map((entry, i) => categoryOf(entry, `categories[${i}]`, fields));
  const imageOfId = byId(images, 'images', fields);
  const categoryOfId = byId(categories, 'categories', fields);
  const names = new Set<string>();
  for (const image of images) {
    if (names.has(image.file_name)) {
      onFlaw({
        kind: 'image-twice',
        image,
        value: image.file_name,
        sentence: 'is listed twice, under two ids',
        remedy: 'Join the two entries of the COCO file.',
      });
    }
    names.add(image.file_name);
  }
  const ids = new Set<number>();
  const annotations = fields.list(value, 'annotations').map((entry, i) => {
    const where = `annotations[${i}]`;
    const annotation: CocoAnnotation = {
      id: fields.integer(entry, 'id', where),
      image_id: fields.integer(entry, 'image_id', where),
      category_id: fields.integer(entry, 'category_id', where),
    };
    const image =
      imageOfId.get(annotation.image_id) ??
      fields.refuse(`${where}.image_id`, annotation.image_id, 'the id of one of the images');
    if (!categoryOfId.has(annotation.category_id)) {
      fields.refuse(`${where}.category_id`, annotation.category_id, 'the id of one of the categories');
    }
    const crowd = fields.flag(entry, 'iscrowd', where);
    if (ids.has(annotation.id)) {
      onFlaw({
        kind: 'annotation-twice',
        image,
        annotation,
        value: annotation.id,
        sentence: 'has the id of an earlier annotation',
        remedy: 'Give each annotation an id of its own: tools that look annotations up by id lose one of them.',
      });
    }
    ids.add(annotation.id);
    addOutline(annotation, entry, (kind, field, { sentence, remedy }) => {
      onFlaw({ kind, image, annotation, value: entry[field], sentence, remedy });
    });
    if (crowd !== undefined) {
      annotation.iscrowd = crowd;
    }
    return annotation;
  });
  return { images, annotations, categories };
}

function imageOf(entry: Entry, where: string, fields: EntryFields): CocoImage {
  const image: CocoImage = {
    id: fields.integer(entry, 'id', where),
    file_name: fields.text(entry, 'file_name', where),
  };
  try {
    checkPathBelow(image.file_name, { of: where });
  } catch (error) {
    fields.refuse(
      `${where}.file_name`,
      image.file_name,
      `a path below the folder of images; ${reasonOf(error).split(' refused: ')[1]}`,
      'Write the path from the folder of images to the file, with its subfolders but without a drive or "..".',
    );
  }
  const [width, height] = [fields.side(entry, 'width', where), fields.side(entry, 'height', where)];
  if (width !== undefined) {
    image.width = width;
  }
  if (height !== undefined) {
    image.height = height;
  }
  return image;
}

function categoryOf(entry: Entry, where: string, fields: EntryFields): CocoCategory {
  const category: CocoCategory = { id: fields.integer(entry, 'id', where), name: fields.text(entry, 'name', where) };
  if (typeof entry.supercategory === 'string') {
    category.supercategory = entry.supercategory;
  }
  return category;
}

function byId<Item extends { id: number }>(
  list: readonly Item[],
  name: string,
  fields: EntryFields,
): Map<number, Item> {
  const found = new Map<number, Item>();
  for (const [i, item] of list.entries()) {
    if (found.has(item.id)) {
      fields.refuse(`${name}[${i}].id`, item.id, 'an id that no other entry has');
    }
    found.set(item.id, item);
  }
  return found;
}

/** Takes over the outline, box and area as far as they are sound, and tells what is not. */
function addOutline(
  annotation: CocoAnnotation,
  { segmentation, bbox, area }: Entry,
  tell: (kind: CocoFlaw['kind'], field: string, flaw: SegmentationFlaw) => void,
): void {
  const hasOutline = segmentation !== undefined && segmentation !== null;
  const flaw = hasOutline ? flawOfSegmentation(segmentation) : undefined;
  if (flaw !== undefined) {
    tell('segmentation', 'segmentation', flaw);
  } else if (hasOutline) {
    annotation.segmentation = segmentation as CocoSegmentation;
    const short = isPolygons(annotation.segmentation) ? shortPartOf(annotation.segmentation) : undefined;
    if (short !== undefined) {
      tell('part', 'segmentation', short);
    }
  }
  if (isBox(bbox)) {
    annotation.bbox = bbox;
  } else if (bbox !== undefined && bbox !== null) {
    tell('bbox', 'bbox', {
      sentence: `has ${describeValue(bbox)} for its box, not four numbers`,
      remedy: 'Write [x, y, width, height] in pixels, or leave the box out where there is an outline.',
    });
  } else if (!hasOutline) {
    tell('segmentation', 'segmentation', {
      sentence: 'has neither an outline nor a box',
      remedy: 'Draw the object, or delete the annotation.',
    });
  }
  if (typeof area === 'number' && Number.isFinite(area)) {
    annotation.area = area;
  } else if (area !== undefined && area !== null) {
    tell('area', 'area', {
      sentence: `has ${describeValue(area)} for its area, not a number`,
      remedy: 'Write the area in square pixels, or leave it out where there is an outline.',
    });
  }
}

const isBox = (value: unknown): value is [number, number, number, number] =>
  Array.isArray(value) && value.length === 4 && value.every((entry) => Number.isFinite(entry));
