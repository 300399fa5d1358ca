import type { EngineInUse } from '@fractura/tfjs-engine';
import type { CocoData, StudyData } from './study-data.js';
import { optionName } from '../settings/setting-options.js';
import { settingNames, type RunSettings } from '../settings/run-settings.js';

/** What a run was made from. */
export interface ReproducedRun {
  settings: RunSettings;
  /** The settings of a run to which none are given; what equals them is left out. */
  defaults: RunSettings;
  /** None for the synthetic atlas. */
  data?: StudyData;
  /** The engine that computed. */
  engine: Pick<EngineInUse, 'name' | 'threads'>;
}

/** The command line, for a POSIX shell, that does the same run once more. */
export function reproduceCommand({ settings, defaults, data, engine }: ReproducedRun): string {
  const words = ['fractura', 'run', ...wordsOfData(data), '--engine', engine.name];
  if (engine.threads !== undefined) {
    words.push('--threads', String(engine.threads));
  }
  for (const name of settingNames) {
    const value = settings[name];
    if (value === defaults[name]) {
      continue;
    }
    if (typeof value === 'boolean') {
      words.push(`--${value ? '' : 'no-'}${optionName(name)}`);
    } else {
      words.push(`--${optionName(name)}`, String(value));
    }
  }
  return shellCommand(words);
}

/** The options that name the data. */
export function wordsOfData(data: StudyData | undefined): string[] {
  const { images, annotations, normals } = typeof data === 'object' ? data : ({} as Partial<CocoData>);
  const sources = { data: typeof data === 'string' ? data : undefined, images, annotations, normals };
  return Object.entries(sources).flatMap(([option, path]) =>
    path === undefined ? [] : [`--${option}`, path.startsWith('-') ? `./${path}` : path],
  );
}

/** Words as one line for a POSIX shell. */
export const shellCommand = (words: readonly string[]): string => words.map(quoteForShell).join(' ');

/** A word as a POSIX shell reads it: in single quotes where it has characters that mean something to the shell. */
function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
