// Assembles the WebAssembly texts of src into modules that are imported: `npm run assemble`.
import { readFile, writeFile } from 'node:fs/promises';
import loadWabt from 'wabt';

/** The texts, below src and without their ending, and what their modules are exported as. */
export const modules = [
  { file: 'resize/convolve-lines', exported: 'convolveLinesModule' },
  { file: 'colour/luma', exported: 'lumaModule' },
];

const pathOf = (name) => new URL(`../../src/${name}`, import.meta.url);

/** The module as base64. */
export async function assemble(file) {
  const wat = await readFile(pathOf(`${file}.wat`), 'utf8');
  const { parseWat } = await loadWabt();
  const { buffer } = parseWat(`${file}.wat`, wat, { simd: true }).toBinary({});
  return Buffer.from(buffer).toString('base64');
}

if (process.argv[1] === import.meta.filename) {
  for (const { file, exported } of modules) {
    const name = file.split('/').at(-1);
    await writeFile(
      pathOf(`${file}.wasm.ts`),
      `/** \`${name}.wat\`, assembled by \`npm run assemble\`. */\nexport const ${exported} =\n  '${await assemble(file)}';\n`,
    );
  }
}
