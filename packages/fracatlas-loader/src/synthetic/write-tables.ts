import { enclosingBox, polygonArea } from '@fractura/coco';
import { join } from 'node:path';
import { encodeCsv, makeFolder, writeFileBeside } from '@fractura/array-files';
import { bodyParts, views } from '../atlas.js';
import { atlasLayout, officialSplits, stemOf } from '../load/layout.js';
import { tableColumns } from '../load/read-dataset-table.js';
import type { PlannedImage } from './plan-atlas.js';

/** An image as it was written. */
export interface WrittenImage {
  plan: PlannedImage;
  bytes: number;
  /** Outlines of the fractures, one instance each. */
  outlines: number[][];
}

const category = { id: 0, name: 'fractured' };

/** Writes dataset.csv and the four annotation formats as FracAtlas has them. */
export async function writeTables(directory: string, images: readonly WrittenImage[]): Promise<void> {
  const layout = atlasLayout(directory);
  await Promise.all(
    [join(layout.coco, '..'), join(layout.vgg, '..'), layout.voc, layout.yolo, layout.splits].map((folder) =>
      makeFolder(folder),
    ),
  );
  await writeFileBeside(layout.table, datasetTable(images));
  await writeFileBeside(layout.coco, JSON.stringify(cocoOf(images)));
  await writeFileBeside(layout.vgg, JSON.stringify(vggOf(images)));
  await writeFileBeside(join(layout.yolo, 'labels.txt'), `${category.name}\n`);
  for (const image of images) {
    const id = stemOf(image.plan.file);
    await writeFileBeside(join(layout.voc, `${id}.xml`), vocOf(image));
    await writeFileBeside(join(layout.yolo, `${id}.txt`), yoloOf(image));
  }
  for (const split of officialSplits) {
    const files = images.filter(({ plan }) => plan.split === split).map(({ plan }) => plan.file);
    await writeFileBeside(join(layout.splits, `${split}.csv`), ['image_id', ...files, ''].join('\r\n'));
  }
}

function datasetTable(images: readonly WrittenImage[]): string {
  const rows = images.map(({ plan, outlines }): Record<(typeof tableColumns)[number], string | number> => {
    const part = (name: (typeof bodyParts)[number]) => Number(plan.part === name);
    const view = (name: (typeof views)[number]) => Number(plan.view === name);
    return {
      image_id: plan.file,
      hand: part('hand'),
      leg: part('leg'),
      hip: part('hip'),
      shoulder: part('shoulder'),
      mixed: 0,
      hardware: Number(plan.hardware),
      multiscan: 0,
      fractured: Number(plan.tableSays.fractured),
      fracture_count: outlines.length + plan.tableSays.fractureCountOff,
      frontal: view('frontal'),
      lateral: view('lateral'),
      oblique: view('oblique'),
    };
  });
  return encodeCsv([tableColumns, ...rows.map((row) => tableColumns.map((column) => row[column]))]);
}

function cocoOf(images: readonly WrittenImage[]) {
  const annotated = images.filter(({ plan }) => plan.fractured);
  let id = 0;
  return {
    info: { description: 'synthetic radiographs in the layout of FracAtlas' },
    images: annotated.map(({ plan: { file, width, height } }, i) => ({ id: i + 1, width, height, file_name: file })),
    annotations: annotated.flatMap(({ outlines }, i) =>
      outlines.map((outline) => ({
        id: id++,
        iscrowd: 0,
        image_id: i + 1,
        category_id: category.id,
        segmentation: [outline],
        bbox: enclosingBox([outline]),
        area: polygonArea(outline),
      })),
    ),
    categories: [category],
  };
}

function vggOf(images: readonly WrittenImage[]) {
  const entries = images
    .filter(({ plan }) => plan.fractured)
    .map(({ plan, bytes, outlines }) => {
      const drawn = plan.vggLacksOne ? outlines.slice(0, -1) : outlines;
      const regions = drawn.map((outline) => {
        const closed = [...outline, outline[0], outline[1]];
        return {
          shape_attributes: {
            name: 'polygon',
            all_points_x: closed.filter((_, i) => i % 2 === 0),
            all_points_y: closed.filter((_, i) => i % 2 === 1),
          },
          region_attributes: { label: category.name },
        };
      });
      const entry = {
        fileref: '',
        size: bytes,
        filename: plan.file,
        base64_img_data: '',
        file_attributes: {},
        regions: Object.fromEntries(regions.map((region, i) => [i, region])),
      };
      return [plan.file, entry] as const;
    });
  return Object.fromEntries(entries);
}

function vocOf({ plan: { file, width, height }, outlines }: WrittenImage): string {
  const objects = outlines.map((outline) => {
    const [x, y, w, h] = enclosingBox([outline])!;
    return `  <object>
    <name>${category.name}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>0</difficult>
    <bndbox>
      <xmin>${Math.floor(x)}</xmin>
      <ymin>${Math.floor(y)}</ymin>
      <xmax>${Math.floor(x + w)}</xmax>
      <ymax>${Math.floor(y + h)}</ymax>
    </bndbox>
  </object>
`;
  });
  return `<annotation>
  <folder>PASCAL VOC</folder>
  <filename>${file}</filename>
  <source>
    <database>synthetic</database>
  </source>
  <size>
    <width>${width}</width>
    <height>${height}</height>
    <depth>3</depth>
  </size>
  <segmented>0</segmented>
${objects.join('')}</annotation>
`;
}

function yoloOf({ plan: { width, height }, outlines }: WrittenImage): string {
  const lines = outlines.map((outline) => {
    const [x, y, w, h] = enclosingBox([outline])!;
    const fractions = [(x + w / 2) / width, (y + h / 2) / height, w / width, h / height];
    return `${category.id} ${fractions.map((v) => v.toFixed(4)).join(' ')}\n`;
  });
  return lines.join('');
}
