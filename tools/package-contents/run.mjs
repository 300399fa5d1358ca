#!/usr/bin/env node
/**
 * Packs every published package, as built, and checks the tarballs: publint looks for mistakes in package.json and in what it
 * points to, "are the types wrong" resolves every entry and its types as each kind of TypeScript project does, and package.json
 * must say what a registry shows and let the changelog in.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packPackages } from '../setup/pack-packages.mjs';
import { manifestFaults } from './manifest-faults.mjs';

/** What is wrong with a package, a line for each. */
async function faultsOf(tarball, manifest) {
  const { messages } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer }, strict: true });
  const { types, problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  return [
    ...messages.map((message) => formatMessage(message, manifest, { color: false }) ?? message.code),
    ...manifestFaults(manifest),
    ...(types ? problems.map(({ kind, ...where }) => `${kind}: ${JSON.stringify(where)}`) : ['it has no types']),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'fractura-packed-'));
try {
  for (const { name, manifest, tarball } of packPackages(folder)) {
    const faults = await faultsOf(readFileSync(join(folder, tarball)), manifest);
    console.log(`${name}: ${faults.length === 0 ? 'sound' : `\n  ${faults.join('\n  ')}`}`);
    if (faults.length > 0) {
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
