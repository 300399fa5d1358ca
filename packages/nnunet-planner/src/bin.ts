#!/usr/bin/env node
import { createRequire } from 'node:module';
import { runCommandLine } from '@fractura/command-line';
import { plannerCommands } from './commands.js';

const { version, description } = createRequire(import.meta.url)('../package.json') as Record<string, string>;

process.exitCode = await runCommandLine(
  { name: 'nnunet-planner', version, summary: description, commands: plannerCommands },
  process.argv.slice(2),
);
