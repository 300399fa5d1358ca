import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { readConversionRecord } from '@fractura/coco-to-nifti';
import { atlasLayout, makeSyntheticAtlas } from '@fractura/fracatlas-loader';
import { readSplits } from '@fractura/nnunet-format';
import { useEngine, type EngineInUse } from '@fractura/tfjs-engine';
import { loadModel, predictRadiograph } from '@fractura/nnunet';
import { resolveSettings, runPipeline, type CocoData, type Manifest } from '../src/index.js';
import { tinyStudy } from './support/tiny-study.js';

interface CocoJson {
  images: { id: number; file_name: string }[];
  annotations: { id: number; category_id: number }[];
  categories: { id: number; name: string }[];
}

let engine: EngineInUse;
let folder: string;
let data: Required<CocoData>;

/** A COCO data set of two categories, its normal radiographs in a folder of their own. */
beforeAll(async () => {
  engine = await useEngine({ prefer: 'wasm' });
  folder = await temporaryFolder('fractura-coco-');
  const directory = join(folder, 'atlas');
  await makeSyntheticAtlas({ directory, fractured: 24, normal: 26, seed: 1234 });
  const layout = atlasLayout(directory);
  data = { images: join(folder, 'films'), annotations: join(folder, 'films.json'), normals: join(folder, 'sound') };
  await mkdir(data.images);
  await rename(layout.fractured, join(data.images, 'deep'));
  await rename(layout.normal, data.normals);
  const coco = JSON.parse(await readFile(layout.coco, 'utf8')) as CocoJson;
  const images = coco.images.map((image) => ({ ...image, file_name: `./deep/${image.file_name}` }));
  const [first] = coco.categories;
  const categories = [first, { id: first.id + 1, name: 'other' }];
  const annotations = coco.annotations.map((annotation, i) => ({ ...annotation, category_id: first.id + (i % 2) }));
  await writeFile(data.annotations, JSON.stringify({ ...coco, images, annotations, categories }));
});

test('any COCO data set is studied, letterboxed, with normal radiographs in every fold', async () => {
  const settings = resolveSettings(tinyStudy, { fit: 'letterbox', segmentationNormals: 0.5 });
  const paths = await runPipeline({ data, out: join(folder, 'out'), settings, engine, command: 'test' });
  const manifest = JSON.parse(await readFile(paths.manifest, 'utf8')) as Manifest;
  expect(manifest.data).toMatchObject({ synthetic: false, coco: data });
  expect(manifest.results.falseAlarms).toMatchObject({ normals: expect.any(Number) as unknown });

  const record = await readConversionRecord(paths.rawDataset);
  expect(record).toMatchObject({ fit: 'letterbox' });
  const splits = await readSplits(join(paths.preprocessedDataset, 'splits_final.json'));
  for (const { val } of splits) {
    expect(new Set(val.map((name) => record!.cases[name].empty))).toEqual(new Set([true, false]));
  }
  const datasetJson = JSON.parse(await readFile(join(paths.model, 'dataset.json'), 'utf8')) as Record<string, unknown>;
  expect(datasetJson).toMatchObject({ image_conversion: { fit: 'letterbox', width: 32, height: 32 } });
  expect(Object.values(datasetJson.labels as object)).toEqual([0, 1, 2]);

  const [{ file, sourceWidth, sourceHeight, place }] = Object.values(record!.cases).filter(({ empty }) => !empty);
  const model = await loadModel({ folder: paths.model, folds: [0] });
  const predicted = await predictRadiograph({ model, file: join(data.images, file), mirroring: false });
  model.dispose();
  expect(predicted).toMatchObject({ sourceWidth, sourceHeight, place, shape: [1, 32, 32] });

  const { audit } = JSON.parse(await readFile(paths.audit, 'utf8')) as { audit: { findings: { code: string }[] } };
  expect(audit.findings.map(({ code }) => code)).toContain('not-stated');
  expect(await readFile(paths.report, 'utf8')).toContain('normal radiographs, with empty labels, were among');
}, 1_200_000);
