#!/usr/bin/env node
import { createRequire } from 'node:module';
import { runCommandLine } from '@fractura/command-line';
import { convertCommand } from './command.js';

const { version, description } = createRequire(import.meta.url)('../package.json') as Record<string, string>;

process.exitCode = await runCommandLine(
  { name: 'coco-to-nifti', version: version, summary: description, commands: [], defaultCommand: convertCommand },
  process.argv.slice(2),
);
