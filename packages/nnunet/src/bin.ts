#!/usr/bin/env node
import { runCommandLine } from '@fractura/command-line';
import { program } from './program.js';

process.exitCode = await runCommandLine(program, process.argv.slice(2));
