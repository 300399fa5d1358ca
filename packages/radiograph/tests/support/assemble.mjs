// Assembles the WebAssembly texts of src/radiograph into modules that are imported: `npm run assemble`.
import { readFile, writeFile } from 'node:fs/promises';
import loadWabt from 'wabt';

const pathOf = (name) => new URL(`../../src/radiograph/${name}`, import.meta.url);

/** The module as base64. */
export async function assemble(name) {
  const wat = await readFile(pathOf(`${name}.wat`), 'utf8');
  const { parseWat } = await loadWabt();
  const { buffer } = parseWat(`${name}.wat`, wat, { simd: true }).toBinary({});
  return Buffer.from(buffer).toString('base64');
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, exported] of [
    ['convolve-lines', 'convolveLinesModule'],
    ['luma', 'lumaModule'],
  ]) {
    await writeFile(
      pathOf(`${name}.wasm.ts`),
      `/** \`${name}.wat\`, assembled by \`npm run assemble\`. */\nexport const ${exported} =\n  '${await assemble(name)}';\n`,
    );
  }
}
