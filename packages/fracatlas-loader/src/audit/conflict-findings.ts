import type { AtlasConflict, ConflictKind } from '../atlas.js';
import { groupBy } from '../group-by.js';
import { findingOf, type Finding, type Severity } from './finding.js';

const meanings: Record<ConflictKind, [severity: Severity, title: string, explanation: string]> = {
  'table-folder': [
    'error',
    'dataset.csv contradicts the folder',
    'The label is taken from the folder. Look at these radiographs and correct the one that is wrong.',
  ],
  'table-duplicate-row': ['warning', 'Several rows for one image', 'Only the first row in dataset.csv counts.'],
  'table-count': [
    'warning',
    'The number of fractures differs',
    'dataset.csv counts other fractures than the COCO file outlines. Trust neither count without looking.',
  ],
  'table-mixed': ['note', 'Several body parts without the mark for it', 'dataset.csv marks them but not "mixed".'],
  'image-missing': [
    'error',
    'Images that are listed and missing',
    'They are left out. Restore them, or take them out of the tables.',
  ],
  'image-unreadable': [
    'error',
    'Images that cannot be read at all',
    'They are left out. Restore them, or delete them.',
  ],
  'image-without-row': ['warning', 'Images without a row in dataset.csv', 'Body part, view and hardware are unknown.'],
  'folder-coco': [
    'error',
    'The folder contradicts the annotations',
    'A fracture without an outline, or an outline without a fracture: such an image teaches the wrong thing.',
  ],
  'coco-unlisted-image': [
    'note',
    'Images that the COCO file does not list',
    'They count as images without a fracture. If they were never looked at, take them out of the folder.',
  ],
  'coco-image-size': [
    'error',
    'The COCO size is not the image size',
    'Outlines may lie elsewhere than the fracture. Find the image that was annotated.',
  ],
  'coco-duplicate-image': ['warning', 'Images that the COCO file lists twice', 'Their annotations were joined.'],
  'coco-duplicate-annotation': [
    'warning',
    'Annotations with an id that another has',
    'Both are used here. Tools that look annotations up by id lose one of them: give each an id of its own.',
  ],
  'coco-name': [
    'note',
    'Images that the COCO file calls otherwise',
    'They were found by separators, Unicode form, the case of the ending or percent-encoding. Other tools may miss them.',
  ],
  'coco-unused-category': [
    'warning',
    'Categories without an annotation',
    'A network cannot learn them: leave them out of the labels. Roboflow puts such a root before the classes.',
  ],
  'coco-segmentation': [
    'error',
    'Outlines that cannot be drawn',
    'Nothing of them is used: draw them again, or take them out. A converter refuses them, or draws something else.',
  ],
  'coco-part': [
    'warning',
    'Outlines with a part of fewer than three points',
    'The part encloses nothing; the rest of the outline is used. Probably a slip of the hand: look at it.',
  ],
  'coco-box': ['warning', 'COCO boxes beside their polygons', 'Use the polygons, not the boxes.'],
  'coco-area': ['note', 'COCO areas that are not the polygons’ areas', 'Compute areas from the polygons.'],
  vgg: ['warning', 'VGG and COCO differ', 'One of the two files lacks or moves an outline; COCO is used.'],
  'vgg-file-size': [
    'note',
    'Outlines were drawn on another file',
    'The file had another size in bytes when it was outlined: it was exported anew or cut since.',
  ],
  voc: ['warning', 'PASCAL VOC and COCO differ', 'COCO is used.'],
  'voc-image-size': ['warning', 'PASCAL VOC has another image size', 'Boxes from PASCAL VOC do not fit these images.'],
  'voc-channels': ['note', 'PASCAL VOC has another number of channels', 'Do not size arrays by it.'],
  yolo: ['warning', 'YOLO and COCO differ', 'COCO is used.'],
  'split-unknown-image': ['warning', 'The split lists images that are not here', 'They are left out.'],
  'split-unfractured': ['warning', 'The split lists images without a fracture', 'They are kept where it puts them.'],
  'split-overlap': [
    'error',
    'Images in two parts of the split',
    'The first part counts; results on the other are flattered.',
  ],
  'split-missing': [
    'note',
    'Fractures in no part of the official split',
    'They belong to a part that is not here, or were forgotten.',
  ],
};

/** Turns contradictions between sources into one finding a kind, in the order of their gravity. */
export function conflictFindings(conflicts: readonly AtlasConflict[]): Finding[] {
  return [...groupBy(conflicts, ({ kind }) => kind)].flatMap(([kind, list]) => {
    const [severity, title, explanation] = meanings[kind];
    return findingOf(
      { code: kind, severity, title, explanation },
      list.map(({ file }) => [file]),
      list.map(({ sentence }) => sentence),
    );
  });
}
