import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isMissing } from '@fractura/errors';
import { ArrayFilesError } from './errors.js';
import { makeFolder } from './make-folder.js';
import { writeFileBeside } from './write-beside.js';

/** What the ledger holds of one stage. */
export interface StageRecord<Result = unknown> {
  /** SHA-256 of the stage's name, its inputs, and the key of the stage before it. */
  key: string;
  /** The folders that the stage has made so far, relative to the ledger's; others are never emptied. */
  made?: readonly string[];
  /** Seconds of work, summed over interrupted attempts that reached their end. */
  seconds?: number;
  /** Present once the stage is complete. */
  result?: Result;
}

/** A stage to be run once: `inputs` is everything beside earlier stages that its result depends on. */
export interface Stage<Result> {
  name: string;
  inputs: unknown;
  /** Folders that belong to this stage alone; emptied when it starts from inputs other than before, if the stage made them. */
  folders?: readonly string[];
  run: () => Promise<Result>;
}

/**
 * Remembers in a folder which stages are complete, so that the same command, killed at any moment, goes on from there.
 *
 * Stages form a chain: a stage is done again when its own inputs or those of any earlier stage changed. An unfinished
 * stage with unchanged inputs keeps its folders and may go on from what it left in them.
 */
export class StageLedger {
  private previousKey = '';
  /** Seconds of work of the stages so far, also of those that an earlier process did. */
  readonly secondsByStage: Record<string, number> = {};

  /**
   * @param folder keeps a record of each stage, `NAME.json`.
   * @param onReuse is told the name of each stage that is complete already.
   */
  constructor(
    private readonly folder: string,
    private readonly onReuse: (name: string) => void = () => undefined,
  ) {}

  /**
   * Does a stage, or gives the recorded result of one that is complete. Results are kept as JSON; NaN stays NaN.
   *
   * @throws ArrayFilesError `folder-foreign` where a folder of the stage holds what the stage did not make.
   */
  async run<Result>({ name, inputs, folders = [], run }: Stage<Result>): Promise<Result> {
    const key = createHash('sha256')
      .update(JSON.stringify([name, inputs, this.previousKey]))
      .digest('hex');
    this.previousKey = key;
    const file = join(this.folder, `${name}.json`);
    const before = await readRecord<Result>(file);
    if (before?.key === key && before.result !== undefined) {
      this.secondsByStage[name] = before.seconds ?? 0;
      this.onReuse(name);
      return before.result;
    }
    let made = before?.made;
    if (before?.key !== key) {
      made = await this.takeOver(folders, made);
      for (const folder of folders) {
        await rm(folder, { recursive: true, force: true });
      }
      await makeFolder(this.folder);
      await writeRecord(file, { key, made });
    }
    const start = Date.now();
    const result = await run();
    const seconds = (Date.now() - start) / 1000;
    this.secondsByStage[name] = seconds;
    await writeRecord(file, { key, made, seconds, result });
    return result;
  }

  /** @returns the folders that are the stage's, those of now included. */
  private async takeOver(folders: readonly string[], before: readonly string[] = []): Promise<string[]> {
    const made = new Set(before);
    for (const folder of folders) {
      const name = relative(this.folder, folder);
      if (!made.has(name) && !(await isEmpty(folder))) {
        throw new ArrayFilesError(`${folder} holds files that this run did not make.`, {
          code: 'folder-foreign',
          remedy: 'Choose another output folder, or move that folder away.',
        });
      }
      made.add(name);
    }
    return [...made];
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (isMissing(error)) {
      return true;
    }
    throw error;
  }
}

async function readRecord<Result>(file: string): Promise<StageRecord<Result> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'), reviveNaN) as StageRecord<Result>;
  } catch {
    // Absent, or not ours to trust: the stage is done again.
    return undefined;
  }
}

async function writeRecord(file: string, record: StageRecord): Promise<void> {
  await writeFileBeside(file, `${JSON.stringify(record, keepNaN)}\n`);
}

// JSON has no NaN and would make it null: a measure that is not defined must still be so after a run went on.
const keepNaN = (_: string, value: unknown): unknown => (Number.isNaN(value) ? 'NaN' : value);
const reviveNaN = (_: string, value: unknown): unknown => (value === 'NaN' ? NaN : value);
