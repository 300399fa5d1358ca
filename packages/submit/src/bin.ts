#!/usr/bin/env node
import { createRequire } from 'node:module';
import { runCommandLine } from '@fractura/command-line';
import { submitGroup } from './commands.js';

const { version, description } = createRequire(import.meta.url)('../package.json') as Record<string, string>;

const { commands, defaultCommand } = submitGroup(() =>
  Promise.resolve({
    words: [],
    wordsInContainer: [],
    fanOut: () => Promise.resolve(undefined),
    check: () => Promise.resolve(),
    environment: [],
  }),
);
process.exitCode = await runCommandLine(
  { name: 'fractura-submit', version, summary: description, commands, defaultCommand },
  process.argv.slice(2),
);
