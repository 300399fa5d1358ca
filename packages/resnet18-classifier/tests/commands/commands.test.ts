import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { runClassify } from '../support/run-classify.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(120_000);

let root: string;
const at = (name: string) => join(root, name);

/** Six training, two validation and two test pictures with their table; one is stored lying on its side. */
beforeAll(async () => {
  root = await temporaryFolder('classify-');
  await mkdir(at('images'));
  const rows = ['file,label,split'];
  for (const [n, { label, image }] of toySamples(10).entries()) {
    const { data, width, height } = await image();
    const pixels = Uint8Array.from(data, (value) => Math.min(255, value * 255));
    const picture = sharp(pixels, { raw: { width, height, channels: 1 } });
    await (n === 0 ? picture.rotate(90).withMetadata({ orientation: 8 }) : picture).png().toFile(at(`images/${n}.png`));
    rows.push(`${n}.png,${label === 1 ? 'fractured' : 'normal'},${n < 6 ? 'train' : n < 8 ? 'val' : 'test'}`);
  }
  await writeFile(at('labels.csv'), rows.join('\n'));
});

test('trains on a table of pictures, then predicts, evaluates and explains', async () => {
  const table = ['--images', at('images'), '--labels', at('labels.csv'), '--engine', 'wasm'];
  const classes = ['--classes', 'normal', 'fractured'];
  const short = ['--epochs', '1', '--size', '32x32', '--batch', '6', '--pretrained', 'none'];
  const network = ['--network', 'efficientnet-lite0', '--workers', '1'];
  const trained = await runClassify('train', ...table, ...classes, '--out', at('model'), ...short, ...network);
  expect(trained).toMatchObject({ status: 0, stdout: `${at('model/checkpoint_best.safetensors')}\n` });

  expect(trained.stderr).toContain('efficientnet-lite0 begins from scratch.');
  const [columns, ...epochs] = (await readFile(at('model/curves.csv'), 'utf8')).trim().split('\n');
  expect(columns).toMatch(/^epoch,learningRate,trainLoss,validationLoss,/);
  expect(epochs).toHaveLength(1);
  expect(await readFile(at('model/curves.svg'), 'utf8')).toMatch(/^<svg xmlns="[^"]+"/);
  expect(await readdir(at('model'))).not.toContain('image-cache');

  const model = ['-m', at('model'), '--engine', 'wasm'];
  const predicted = await runClassify('predict', ...model, '-i', at('images'), '-o', at('out.csv'));
  expect(predicted.status).toBe(0);
  const [heading, ...lines] = (await readFile(at('out.csv'), 'utf8')).trim().split('\n');
  expect(heading).toBe('file,normal,fractured,predicted');
  expect(lines).toHaveLength(10);
  for (const line of lines) {
    expect(line).toMatch(/^\d\.png(,[01](\.\d+)?(e-\d+)?){2},(normal|fractured)$/);
  }

  const predictedJson = JSON.parse((await runClassify('predict', ...model, '-i', at('images'), '--json')).stdout) as {
    file: string;
    probabilities: Record<string, number>;
    predicted: string;
  }[];
  expect(
    predictedJson.map(
      ({ file, predicted: each, probabilities: { normal, fractured } }) => `${file},${normal},${fractured},${each}`,
    ),
  ).toEqual(lines);

  const evaluated = await runClassify('evaluate', '-m', at('model'), ...table, '--json');
  const evaluation = JSON.parse(evaluated.stdout) as {
    images: number;
    classNames: string[];
    confusionMatrix: number[][];
  };
  expect(evaluation).toMatchObject({ images: 2, classNames: ['normal', 'fractured'] });
  expect(evaluation.confusionMatrix.map((row) => row[0] + row[1])).toEqual([1, 1]);

  const again = await runClassify('evaluate', '-m', at('model'), ...table, '-o', at('evaluation'));
  expect(again.stderr).toContain('The test images of this classifier were judged before (1 times');
  expect((await readdir(at('evaluation'))).sort()).toEqual(['evaluation.json', 'reliability.csv', 'reliability.svg']);

  const explained = await runClassify(
    'explain',
    ...model,
    '-i',
    at('images/9.png'),
    '-o',
    at('maps'),
    '--class',
    'fractured',
  );
  expect(explained.stdout).toMatch(/9\.png {2}fractured [01]\.\d{4}\n$/);
  const { width, height, channels } = await sharp(at('maps/9.png')).metadata();
  expect([width, height, channels]).toEqual([32, 32, 3]);
});

test('no picture and no table takes the place of an image', async () => {
  await cp(at('images'), at('twins'), { recursive: true });
  const before = await readFile(at('twins/0.png'));
  const inPlace = await runClassify(
    'explain',
    '-m',
    at('model'),
    '-i',
    at('twins'),
    '-o',
    at('twins'),
    '--engine',
    'wasm',
  );
  const table = await runClassify(
    'predict',
    '-m',
    at('model'),
    '-i',
    at('twins'),
    '-o',
    at('twins/0.png'),
    '--engine',
    'wasm',
  );
  expect([inPlace.status, table.status]).toEqual([1, 1]);
  expect(inPlace.stderr).toContain(at('twins/0.png'));
  expect(await readFile(at('twins/0.png'))).toEqual(before);
});

test('images that differ in their ending alone get pictures of their own', async () => {
  await mkdir(at('same'));
  await cp(at('images/0.png'), at('same/0.png'));
  await sharp(at('images/1.png')).jpeg().toFile(at('same/0.jpg'));
  const { stdout } = await runClassify(
    ...['explain', '-m', at('model'), '-i', at('same'), '-o', at('own'), '--engine', 'wasm', '--json'],
  );
  const pictures = (JSON.parse(stdout) as { picture: string }[]).map(({ picture }) => picture).sort();
  expect(pictures).toEqual([at('own/0.jpg.png'), at('own/0.png.png')]);
});

test.each([
  ['a label table with an unknown split', 'file,label,split\n0.png,normal,later', 'has the split "later" in row 1'],
  ['a table that names a file twice', 'file,label,split\n0.png,a,train\n0.png,b,train', 'names 0.png again in row 2'],
  ['a table of one class', 'file,label,split\n0.png,a,train', 'There is only one class'],
  ['an image that is not there', 'file,label,split\n77.png,a,train\n1.png,b,val', '77.png cannot be read'],
])('%s ends with status 1 and one clear message', async (_, table, message) => {
  await writeFile(at('bad.csv'), table);
  const arguments_ = ['--images', at('images'), '--labels', at('bad.csv'), '--out', at('bad'), '--engine', 'wasm'];
  const { status, stderr } = await runClassify('train', ...arguments_);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
