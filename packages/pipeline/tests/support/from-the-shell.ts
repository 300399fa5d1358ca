import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readNifti } from '@fractura/volume-io';
import type { RunPaths } from '../../src/index.js';
import { fractura } from './fractura.js';

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

async function readLabels(file: string): Promise<number[]> {
  return Array.from((await readNifti(file)).data as Uint8Array);
}

/**
 * Tests that the commands, given what a run made on WASM, give the run's own results, bit for bit.
 *
 * @param made the run's paths, and a folder to work in; asked when a test begins.
 */
export function fromTheShell(made: () => { folder: string; paths: RunPaths }): void {
  test('predict with the model of the run gives the label files of its cross-validation', async () => {
    const { folder, paths } = made();
    const splits = (await readJson(join(paths.preprocessedDataset, 'splits_final.json'))) as { val: string[] }[];
    for (const [fold, { val }] of splits.entries()) {
      const [input, output] = [join(folder, `images-${fold}`), join(folder, `labels-${fold}`)];
      await mkdir(input);
      for (const id of val) {
        const name = `${id}_0000.nii.gz`;
        await copyFile(join(paths.rawDataset, 'imagesTr', name), join(input, name));
      }
      const command = ['predict', '-m', paths.model, '-f', String(fold), '-i', input, '-o', output, '--engine', 'wasm'];
      expect(await fractura(...command)).toMatchObject({ status: 0 });
      for (const id of val) {
        const own = await readLabels(join(paths.validation(fold), `${id}.nii.gz`));
        expect(await readLabels(join(output, `${id}.nii.gz`))).toEqual(own);
      }
    }
  });

  test('predict with all folds gives the labels of the held-out images', async () => {
    const { folder, paths } = made();
    const output = join(folder, 'held-out');
    const input = join(paths.rawDataset, 'imagesTs');
    const command = ['predict', '-m', paths.model, '-i', input, '-o', output, '--engine', 'wasm', '--json'];
    const { status, output: json } = await fractura(...command);
    expect(status).toBe(0);
    const { cases } = JSON.parse(json) as { cases: string[] };
    expect(cases.length).toBeGreaterThan(0);
    for (const id of cases) {
      const own = await readLabels(join(paths.heldOut, `${id}.nii.gz`));
      expect(await readLabels(join(output, `${id}.nii.gz`))).toEqual(own);
    }
  });

  test('evaluate gives the summary of the run', async () => {
    const { folder, paths } = made();
    const file = join(folder, 'summary.json');
    const references = join(paths.rawDataset, 'labelsTr');
    const dataset = ['-djfile', join(paths.model, 'dataset.json'), '-pfile', join(paths.model, 'plans.json')];
    const command = ['evaluate', references, paths.crossValidation, ...dataset, '-o', file, '--chill'];
    expect(await fractura(...command)).toMatchObject({ status: 0 });
    // Without a prediction of the fracture, measures are NaN, which Python writes as a bare word.
    expect(await readFile(file, 'utf8')).toBe(await readFile(join(paths.crossValidation, 'summary.json'), 'utf8'));
  });

  test('classify predict gives the test probabilities of the run', async () => {
    const { folder, paths } = made();
    const stage = (await readJson(join(paths.stages, 'classify-image.json'))) as {
      result: { checkpoint: string; test: { file: string; probability: number }[] };
    };
    const { checkpoint, test: judged } = stage.result;
    const input = join(folder, 'films');
    await mkdir(input);
    for (const { file } of judged) {
      const source = ['Fractured', 'Non_fractured'].map((name) => join(paths.syntheticAtlas, 'images', name, file));
      await copyFile(source[0], join(input, file)).catch(() => copyFile(source[1], join(input, file)));
    }
    const command = ['classify', 'predict', '-m', checkpoint, '-i', input, '--engine', 'wasm', '--json'];
    const { status, output } = await fractura(...command);
    expect(status).toBe(0);
    const predicted = JSON.parse(output) as { file: string; probabilities: Record<string, number> }[];
    const probabilityOf = new Map(predicted.map(({ file, probabilities }) => [file, probabilities.fractured]));
    expect(judged.map(({ file }) => probabilityOf.get(file))).toEqual(judged.map(({ probability }) => probability));
  });
}
