#!/usr/bin/env node
import { createRequire } from 'node:module';
import { runCommandLine, type Program } from '@fractura/command-line';
import { serveFolderCommand } from './commands.js';

const { version, description } = createRequire(import.meta.url)('../package.json') as Record<string, string>;
const program: Program = { name: 'viewer', version, summary: description, commands: [serveFolderCommand] };

process.exitCode = await runCommandLine(program, process.argv.slice(2));
