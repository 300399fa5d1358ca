import { beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { StageLedger } from '../src/index.js';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder('ledger-');
});

async function twoStages(inputs: [unknown, unknown]) {
  const ran: string[] = [];
  const ledger = new StageLedger(join(folder, 'stages'));
  const stage = (name: string, input: unknown) => ({
    name,
    inputs: input,
    folders: [join(folder, name)],
    run: () => {
      ran.push(name);
      mkdirSync(join(folder, name), { recursive: true });
      return Promise.resolve({ input });
    },
  });
  const results = [await ledger.run(stage('first', inputs[0])), await ledger.run(stage('second', inputs[1]))];
  return { ran, results };
}

describe('StageLedger', () => {
  test('runs each stage once and gives its recorded result afterwards', async () => {
    expect((await twoStages([1, 2])).ran).toEqual(['first', 'second']);
    const again = await twoStages([1, 2]);
    expect(again.ran).toEqual([]);
    expect(again.results).toEqual([{ input: 1 }, { input: 2 }]);
  });

  test('keeps measures that are not defined apart from zero and null', async () => {
    const stage = {
      name: 'measures',
      inputs: 1,
      run: () => Promise.resolve({ precision: NaN, others: [0, null, NaN] }),
    };
    await new StageLedger(folder).run(stage);
    expect(await new StageLedger(folder).run(stage)).toEqual({ precision: NaN, others: [0, null, NaN] });
  });

  test('does a stage again when its own or an earlier input changed, and only then empties its folder', async () => {
    await twoStages([1, 2]);
    writeFileSync(join(folder, 'first', 'kept'), '');
    writeFileSync(join(folder, 'second', 'stale'), '');
    expect((await twoStages([1, 3])).ran).toEqual(['second']);
    expect(existsSync(join(folder, 'second', 'stale'))).toBe(false);
    expect(existsSync(join(folder, 'first', 'kept'))).toBe(true);
    expect((await twoStages([5, 3])).ran).toEqual(['first', 'second']);
  });

  test('keeps the folder of a stage that was cut off, and does a stage again whose record is damaged', async () => {
    const ledger = new StageLedger(join(folder, 'stages'));
    const stage = (run: () => Promise<number>) => ({ name: 'cut', inputs: 1, folders: [join(folder, 'cut')], run });
    const killed = ledger.run(
      stage(() => {
        mkdirSync(join(folder, 'cut'));
        return Promise.reject(new Error('killed'));
      }),
    );
    await expect(killed).rejects.toThrow('killed');
    const second = new StageLedger(join(folder, 'stages'));
    expect(await second.run(stage(() => Promise.resolve(existsSync(join(folder, 'cut')) ? 1 : 0)))).toBe(1);
    writeFileSync(join(folder, 'stages', 'cut.json'), '{"key": "');
    expect(await new StageLedger(join(folder, 'stages')).run(stage(() => Promise.resolve(7)))).toBe(7);
  });

  test('refuses a folder that the stage did not make, and leaves it as it is', async () => {
    mkdirSync(join(folder, 'second'));
    writeFileSync(join(folder, 'second', 'of-another-owner'), '');
    await expect(twoStages([1, 2])).rejects.toMatchObject({
      code: 'folder-foreign',
      message: `${join(folder, 'second')} holds files that this run did not make.`,
    });
    expect(existsSync(join(folder, 'second', 'of-another-owner'))).toBe(true);
  });

  test('refuses a foreign folder that other inputs would lead to, and empties its own where the output folder was moved', async () => {
    const stage = (input: string) => ({
      name: 'train',
      inputs: input,
      folders: [join(folder, input)],
      run: () => {
        mkdirSync(join(folder, input), { recursive: true });
        writeFileSync(join(folder, input, input), '');
        return Promise.resolve(input);
      },
    });
    const run = (input: string) => new StageLedger(join(folder, 'stages')).run(stage(input));
    await run('a');
    mkdirSync(join(folder, 'b'));
    writeFileSync(join(folder, 'b', 'of-another-owner'), '');
    await expect(run('b')).rejects.toMatchObject({ code: 'folder-foreign' });
    await run('c');
    const moved = join(await temporaryFolder('ledger-'), 'moved');
    renameSync(folder, moved);
    folder = moved;
    writeFileSync(join(folder, 'a', 'stale'), '');
    expect(await run('a')).toBe('a');
    expect(readdirSync(join(folder, 'a'))).toEqual(['a']);
  });
});
