import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { captureProgram, temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { runCommandLine } from '@fractura/command-line';
import { prepareRadiograph, writeImage, type RadiographPreparation } from '@fractura/radiograph';
import { useEngine } from '@fractura/tfjs-engine';
import { classifyCommands } from '../../src/commands.js';
import { loadClassifier, trainClassifier, type ClassifierSample } from '../../src/index.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(120_000);

const size = { width: 32, height: 24 };
const lanczos: RadiographPreparation = { ...size, resize: 'lanczos', channels: 1, depth: 'stored' };

let root: string;
let samples: ClassifierSample[];
/** Of a classifier that was trained on images which Lanczos resized. */
let checkpoint: string;
const at = (name: string) => join(root, name);

/** Eight films of 60 x 60 pixels, some of 16 bits, read as a program of one's own would read them. */
beforeAll(async () => {
  root = await temporaryFolder('preparation-');
  await mkdir(at('films'));
  await useEngine({ prefer: 'wasm' });
  samples = [];
  for (const [n, { label, image }] of toySamples(8, { size: 60 }).entries()) {
    const { data } = await image();
    const file = `${n}.png`;
    const levels =
      n % 3 === 0
        ? Uint16Array.from(data, (value) => Math.min(65535, value * 65535))
        : Uint8Array.from(data, (value) => Math.min(255, value * 255));
    await writeImage(at(`films/${file}`), { data: levels, shape: [60, 60] });
    const prepared = await prepareRadiograph(at(`films/${file}`), lanczos);
    samples.push({ id: file, label, image: () => prepared });
  }
  ({ checkpoint } = await train('lanczos', lanczos));
});

const train = (name: string, preparation?: RadiographPreparation) =>
  trainClassifier({
    train: samples.slice(0, 4),
    validation: samples.slice(4, 6),
    classNames: ['normal', 'fractured'],
    epochs: 1,
    batchSize: 4,
    precision: 'float32',
    preparation,
    outputDirectory: at(name),
  });

const run = (...argv: string[]) =>
  captureProgram((streams) =>
    runCommandLine(
      { name: 'classify', version: '0.0.0', summary: 'Classifies.', commands: classifyCommands },
      [...argv, '--engine', 'wasm'],
      streams,
    ),
  );

test('files are judged as the arrays were that a classifier was trained on', async () => {
  const classifier = await loadClassifier(checkpoint);
  expect(classifier.preparation).toEqual(lanczos);
  const predictions = await classifier.predict(samples);
  classifier.dispose();
  const { status } = await run('predict', '-m', at('lanczos'), '-i', at('films'), '-o', at('out.csv'));
  expect(status).toBe(0);
  const [, ...lines] = (await readFile(at('out.csv'), 'utf8')).trim().split('\n');
  const withoutClass = lines.map((line) => line.replace(/,[^,]*$/, ''));
  expect(withoutClass).toEqual(predictions.map(({ id, probabilities }) => `${id},${probabilities.join(',')}`));
});

test('a classifier of arrays that no file gives is not given files', async () => {
  await train('arrays');
  await writeFile(at('labels.csv'), 'file,label,split\n0.png,normal,test\n1.png,fractured,test\n');
  for (const argv of [
    ['predict', '-m', at('arrays'), '-i', at('films')],
    ['explain', '-m', at('arrays'), '-i', at('films'), '-o', at('maps')],
    ['evaluate', '-m', at('arrays'), '--images', at('films'), '--labels', at('labels.csv')],
  ]) {
    const { status, errors } = await run(...argv);
    expect(status).toBe(1);
    expect(errors).toContain('was not trained on image files');
  }
});

test('a training is not continued with images that are prepared otherwise', async () => {
  await expect(train('lanczos', { ...lanczos, resize: 'bilinear' })).rejects.toMatchObject({
    code: 'checkpoint-mismatch',
  });
});

test('classify train records that it resizes as torchvision does', async () => {
  const rows = samples.map(({ id, label }, n) => `${id},${label},${n < 4 ? 'train' : 'val'}`);
  await writeFile(at('table.csv'), `file,label,split\n${rows.join('\n')}\n`);
  const { status } = await run(
    ...['train', '--images', at('films'), '--labels', at('table.csv'), '--out', at('trained')],
    ...['--epochs', '1', '--size', '32x24', '--batch', '4'],
  );
  expect(status).toBe(0);
  const record = JSON.parse(await readFile(at('trained/checkpoint_best.json'), 'utf8')) as { preparation: unknown };
  expect(record.preparation).toEqual({ ...lanczos, resize: 'bilinear' });
});
