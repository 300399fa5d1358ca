/** A tiny COCO data set to try things on: grey pictures of bones, some with a screw or a fracture, annotated by polygons. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rasterizePolygons } from '@fractura/coco';
import { convertCoco } from '@fractura/coco-to-nifti';
import { RandomState } from '@fractura/python-compat';
import { writeImage } from '@fractura/radiograph';

const size = 64;
const categories = [
  { id: 1, name: 'bone' },
  { id: 2, name: 'screw' },
  { id: 3, name: 'fracture' },
];
const brightness = { bone: 70, screw: 90, fracture: -60 };

/** Writes FOLDER/images/*.png and FOLDER/annotations.json; the same seed gives the same files. */
export async function makeData(folder, { count = 24, seed = 1 } = {}) {
  const random = new RandomState(seed);
  const draw = () => random.randomSample();
  await mkdir(join(folder, 'images'), { recursive: true });
  const coco = { images: [], annotations: [], categories };
  for (let id = 1; id <= count; id += 1) {
    const file_name = `wrist-${String(id).padStart(3, '0')}.png`;
    const data = Uint8Array.from({ length: size * size }, () => 60 + 30 * draw());
    for (const { name, polygon } of objects(draw, id)) {
      const mask = rasterizePolygons([polygon], size, size);
      mask.forEach((inside, i) => (data[i] += inside * brightness[name]));
      const category_id = categories.find((category) => category.name === name).id;
      coco.annotations.push({ id: coco.annotations.length + 1, image_id: id, category_id, segmentation: [polygon] });
    }
    coco.images.push({ id, file_name, width: size, height: size });
    await writeImage(join(folder, 'images', file_name), { data, shape: [size, size] });
  }
  await writeFile(join(folder, 'annotations.json'), JSON.stringify(coco));
  return { images: join(folder, 'images'), annotations: join(folder, 'annotations.json') };
}

/** The same as a raw data set of nnU-Net in nnUNet_raw. */
export async function makeRawDataset(datasetId, datasetName) {
  const source = await makeData('data');
  return convertCoco({ ...source, output: 'nnUNet_raw', datasetId, datasetName, overwrite: true });
}

/** A bone across the picture; in two of three pictures a screw in its upper half, in two a fracture through its lower. */
function objects(draw, id) {
  const x = 22 + 12 * draw();
  const [above, below] = [6 + 16 * draw(), 34 + 18 * draw()];
  const bone = { name: 'bone', polygon: [x, 2, x + 16, 2, x + 16, 62, x, 62] };
  const screw = { name: 'screw', polygon: [x + 4, above, x + 12, above, x + 12, above + 9, x + 4, above + 9] };
  const fracture = { name: 'fracture', polygon: [x, below, x + 16, below + 3, x + 16, below + 8, x, below + 5] };
  return [
    [bone, screw],
    [bone, fracture],
    [bone, screw, fracture],
  ][id % 3];
}
