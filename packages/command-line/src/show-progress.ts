import { Presets, SingleBar } from 'cli-progress';
import type { ProgressTask } from './command-definition.js';
import { formatDuration } from './format-duration.js';

const plainLineIntervalMs = 10_000;

/** Shows one task on a stream: a bar with the time left on a terminal, otherwise a plain line every ten seconds. */
export function showProgress(title: string, stream: NodeJS.WriteStream): ProgressTask {
  return stream.isTTY ? bar(title, stream) : plainLines(title, stream);
}

function bar(title: string, stream: NodeJS.WriteStream): ProgressTask {
  const single = new SingleBar(
    { format: `${title} [{bar}] {value}/{total} {note} {left} left`, stream, hideCursor: true, etaBuffer: 50 },
    Presets.rect,
  );
  const start = Date.now();
  let started = false;
  return {
    update({ done, total, note = '', secondsLeft }) {
      const left = formatDuration((secondsLeft ?? pacedSeconds(start, done, total)) * 1000);
      if (!started) {
        single.start(total, done, { note, left });
      }
      started = true;
      single.setTotal(total);
      single.update(done, { note, left });
    },
    finish(note = '') {
      if (started) {
        single.stop();
      }
      stream.write(`${title}: ${note || 'done'}\n`);
    },
  };
}

function plainLines(title: string, stream: NodeJS.WriteStream): ProgressTask {
  const start = Date.now();
  let last = start;
  return {
    update({ done, total, note, secondsLeft }) {
      const now = Date.now();
      if (now - last < plainLineIntervalMs) {
        return;
      }
      last = now;
      const seconds = secondsLeft ?? pacedSeconds(start, done, total);
      const left = done > 0 || secondsLeft !== undefined ? `, ${formatDuration(seconds * 1000)} left` : '';
      stream.write(`${title}: ${done} of ${total}${note ? `, ${note}` : ''}${left}\n`);
    },
    finish(note) {
      stream.write(`${title}: ${note ?? 'done'} (${formatDuration(Date.now() - start)})\n`);
    },
  };
}

/** Seconds left if the rest goes as all since the start did. */
function pacedSeconds(start: number, done: number, total: number): number {
  return done > 0 ? ((Date.now() - start) / 1000 / done) * (total - done) : 0;
}
