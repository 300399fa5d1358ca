import { UsageError } from '@fractura/command-line';

const mebibytes: Record<string, number> = { M: 1, G: 1024, T: 1024 ** 2 };

/** Reads `500M` or `16G` as MiB. @throws UsageError */
export function parseMemory(text: string): number {
  const [, amount, unit] = /^(\d+)([MGT])(?:i?B)?$/i.exec(text) ?? [];
  if (amount === undefined) {
    throw new UsageError(`--memory cannot be "${text}".`, { remedy: 'Write it as 16G or 500M.' });
  }
  return Number(amount) * mebibytes[unit.toUpperCase()];
}

/** Reads `90`, `1:30:00` or `2-00:00:00` as minutes, seconds rounded up. @throws UsageError */
export function parseMinutes(text: string): number {
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+)-)?(\d+):(\d\d):(\d\d)$/.exec(text) ?? [];
  const whole = /^\d+$/.test(text)
    ? Number(text)
    : Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Math.ceil(Number(seconds) / 60);
  if (!(whole > 0)) {
    throw new UsageError(`--time cannot be "${text}".`, { remedy: 'Write it as minutes, or as 4:00:00.' });
  }
  return whole;
}
