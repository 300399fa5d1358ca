import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { TrackedRun, TrackedStep, Tracker } from '../tracker.js';
import { stepEvent, stepOfEvent, textEvent, versionEvent } from './events.js';
import type { ProtobufMessage } from './protobuf.js';
import { decodeRecords, encodeRecord } from './record-file.js';

const beginning = 'events.out.tfevents.';

/**
 * Curves for TensorBoard: an event file in a folder, to which a training that goes on adds.
 *
 * @param folder whose name TensorBoard shows as the run's.
 */
export class TensorboardTracker implements Tracker {
  readonly #file: string;
  #lastStep = -1;

  constructor(folder: string, { parameters, restart }: TrackedRun) {
    if (restart === true) {
      rmSync(folder, { recursive: true, force: true });
    }
    mkdirSync(folder, { recursive: true });
    const there = readdirSync(folder).find((name) => name.startsWith(beginning));
    const now = Date.now() / 1000;
    this.#file = join(folder, there ?? `${beginning}${Math.floor(now)}.${hostname()}`);
    const { records, end } = there === undefined ? { records: [], end: 0 } : decodeRecords(readFileSync(this.#file));
    if (end === 0) {
      writeFileSync(this.#file, '');
      this.#append(versionEvent(now));
      this.#append(textEvent('parameters', asMarkdown(parameters), now));
      return;
    }
    truncateSync(this.#file, end);
    this.#lastStep = records.reduce((last, record) => Math.max(last, stepOfEvent(record) ?? -1), -1);
  }

  get lastStep(): number {
    return this.#lastStep;
  }

  add(step: TrackedStep): void {
    if (step.step > this.#lastStep) {
      this.#append(stepEvent(step));
      this.#lastStep = step.step;
    }
  }

  finish(scalars: Readonly<Record<string, number>>): void {
    this.#append(stepEvent({ step: Math.max(this.#lastStep, 0), time: Date.now() / 1000, scalars }));
  }

  #append(event: ProtobufMessage): void {
    appendFileSync(this.#file, encodeRecord(event.encode()));
  }
}

const asMarkdown = (parameters: TrackedRun['parameters']): string =>
  ['| parameter | value |', '| --- | --- |']
    .concat(Object.entries(parameters).map(([name, value]) => `| ${name} | ${String(value).replaceAll('|', '\\|')} |`))
    .join('\n');
