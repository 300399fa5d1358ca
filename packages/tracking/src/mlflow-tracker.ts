import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { finiteScalars, type TrackedRun, type TrackedStep, type Tracker } from './tracker.js';
import { writePictures } from './write-pictures.js';

/** The states of a run, by MLflow's numbers. */
const statuses = { running: 1, finished: 3 } as const;

/**
 * A run in a file store of MLflow (`mlruns`), where the user interface and the client read it. The same experiment and run are the
 * same run again, to which a training that goes on adds.
 *
 * @see MLflow: mlflow/store/tracking/file_store.py
 */
export class MlflowTracker implements Tracker {
  readonly #folder: string;
  readonly #meta: Record<string, string | number | null>;
  #lastStep: number;

  constructor(store: string, { experiment, run, parameters, restart }: TrackedRun) {
    const experimentFolder = openExperiment(store, experiment);
    const id = hashOf(`${experiment}\0${run}`).slice(0, 32);
    this.#folder = join(experimentFolder, id);
    if (restart === true) {
      rmSync(this.#folder, { recursive: true, force: true });
    }
    for (const name of ['metrics', 'params', 'tags', 'artifacts']) {
      mkdirSync(join(this.#folder, name), { recursive: true });
    }
    this.#meta = {
      artifact_uri: pathToFileURL(join(this.#folder, 'artifacts')).href,
      end_time: null,
      entry_point_name: '',
      experiment_id: experimentId(experiment),
      lifecycle_stage: 'active',
      run_id: id,
      run_name: run,
      run_uuid: id,
      source_name: 'fractura',
      source_type: 4,
      source_version: '',
      start_time: startOf(join(this.#folder, 'meta.yaml')),
      status: statuses.running,
      user_id: '',
    };
    writeYaml(join(this.#folder, 'meta.yaml'), this.#meta);
    writeFileSync(join(this.#folder, 'tags', 'mlflow.runName'), run);
    for (const [name, value] of Object.entries(parameters)) {
      writeInside(join(this.#folder, 'params'), name, String(value));
    }
    this.#lastStep = this.#readLastStep();
  }

  get lastStep(): number {
    return this.#lastStep;
  }

  add({ step, time, scalars, pictures }: TrackedStep): void {
    if (step > this.#lastStep) {
      writePictures(join(this.#folder, 'artifacts'), step, pictures);
      this.#log(scalars, time, step);
      // Last: a step is kept when all of it is.
      appendFileSync(this.#stepsFile(), `${step}\n`);
      this.#lastStep = step;
    }
  }

  finish(scalars: Readonly<Record<string, number>>): void {
    this.#log(scalars, Date.now() / 1000, Math.max(this.#lastStep, 0));
    writeYaml(join(this.#folder, 'meta.yaml'), { ...this.#meta, end_time: Date.now(), status: statuses.finished });
  }

  #log(scalars: Readonly<Record<string, number>>, time: number, step: number): void {
    for (const [name, value] of finiteScalars(scalars)) {
      const file = join(this.#folder, 'metrics', name);
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${Math.round(time * 1000)} ${value} ${step}\n`);
    }
  }

  #stepsFile = () => join(this.#folder, 'tags', 'fractura.steps');

  #readLastStep(): number {
    const file = this.#stepsFile();
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    const end = bytes.lastIndexOf('\n') + 1;
    if (end < bytes.byteLength) {
      truncateSync(file, end);
    }
    const lines = bytes.subarray(0, end).toString().trimEnd().split('\n');
    return lines[0] === '' ? -1 : Number(lines.at(-1));
  }
}

function openExperiment(store: string, name: string): string {
  const id = experimentId(name);
  const folder = join(resolve(store), id);
  const file = join(folder, 'meta.yaml');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const now = Date.now();
    writeYaml(file, {
      artifact_location: pathToFileURL(folder).href,
      creation_time: now,
      experiment_id: id,
      last_update_time: now,
      lifecycle_stage: 'active',
      name,
    });
  }
  return folder;
}

/** Eighteen digits, as MLflow's own. */
const experimentId = (name: string): string =>
  String(BigInt(`0x${hashOf(name).slice(0, 15)}`) % 10n ** 18n).padStart(18, '1');

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** When a run began: as it says itself, or now. */
function startOf(file: string): number {
  const begun = existsSync(file) ? /^start_time: (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return begun === undefined ? Date.now() : Number(begun);
}

/** YAML of single values: JSON's are. */
function writeYaml(file: string, values: Record<string, string | number | null>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
  writeFileSync(file, lines.join(''));
}

function writeInside(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
