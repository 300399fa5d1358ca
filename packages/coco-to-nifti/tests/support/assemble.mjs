// Assembles src/radiograph/convolve-lines.wat into convolve-lines.wasm.ts: `npm run assemble`.
import { readFile, writeFile } from 'node:fs/promises';
import loadWabt from 'wabt';

/** The module as base64. */
export async function assemble() {
  const wat = await readFile(new URL('../../src/radiograph/convolve-lines.wat', import.meta.url), 'utf8');
  const { parseWat } = await loadWabt();
  const { buffer } = parseWat('convolve-lines.wat', wat, { simd: true }).toBinary({});
  return Buffer.from(buffer).toString('base64');
}

if (process.argv[1] === import.meta.filename)
  await writeFile(
    new URL('../../src/radiograph/convolve-lines.wasm.ts', import.meta.url),
    `/** \`convolve-lines.wat\`, assembled by \`npm run assemble\`. */\nexport const convolveLinesModule =\n  '${await assemble()}';\n`,
  );
