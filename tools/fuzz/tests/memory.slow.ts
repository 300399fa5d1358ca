import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { temporaryFolder } from '@fractura/testing';
import { encodeNifti, encodeNpz } from '@fractura/volume-io';
import { build } from 'esbuild';
import { beforeAll, expect, test } from '@jest/globals';
import { encodePng } from '../src/index.js';

const sharp = createRequire(import.meta.url).resolve('sharp');

/** The most that a reader may take for a file of at most 10 MB. */
const limitMiB = 1024;

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await temporaryFolder('memory-');
  program = join(folder, 'reader.mjs');
  // A process of its own has a peak of its own.
  await build({
    entryPoints: [new URL('../src/read-and-measure.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@fractura/source'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    alias: { sharp },
    external: [sharp],
  });
});

const header = (width: number, height: number, bits: number, type: number) => {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([bits, type], 8);
  return bytes;
};

/** A PNG of one colour, which deflate packs a thousand to one. */
const blackPng = (side: number, bits: number, type: number, samples: number) =>
  encodePng(header(side, side, bits, type), deflateSync(Buffer.alloc((1 + (side * samples * bits) / 8) * side)));

const large = 150_000_000;
const triangle = Array.from({ length: 1_400_000 }, (_, i) => (i % 7) * 10).join(',');

const files: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
  'grey.png': () => blackPng(8192, 8, 0, 1),
  'deep-colour.png': () => blackPng(5700, 16, 6, 4),
  'too-large.png': () => blackPng(12_000, 8, 2, 3),
  'claims.png': () => encodePng(header(20_000, 13_000, 8, 2), deflateSync(Buffer.alloc(70_000))),
  'zeros.nii.gz': async () =>
    gzipSync(await encodeNifti({ data: new Int16Array(large / 2), shape: [large / 2 / 1000, 1000, 1] })),
  'zeros.npz': () => encodeNpz({ a: { data: new Uint8Array(large), shape: [large] } }, { compress: true }),
  'numbers.json': () =>
    Buffer.from(
      `{"images":[{"id":1,"file_name":"a.png"}],"categories":[{"id":1,"name":"f"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"segmentation":[[${triangle}]]}]}`,
    ),
  'lists.json': () => Buffer.from(`[${'[],'.repeat(3_000_000)}[]]`),
  'rings.json': () =>
    Buffer.from(
      `{"images":[{"id":1,"file_name":"a.png"}],"categories":[{"id":1,"name":"f"}],"annotations":[{"id":1,"image_id":1,"category_id":1,"segmentation":[${Array.from({ length: 700_000 }, () => '[1,1,2,2,3,1]').join(',')}]}]}`,
    ),
  'objects.json': () => Buffer.from(`{"images":[],"categories":[],"annotations":[${'{},'.repeat(3_200_000)}{}]}`),
  'deep.json': () => Buffer.from(`{"images":${'['.repeat(4_900_000)}${']'.repeat(4_900_000)}}`),
  'plans-of-objects.json': () => Buffer.from(`{"configurations":{},"x":[${'{},'.repeat(3_200_000)}{}]}`),
  'dataset-of-objects.json': () => Buffer.from(`{"labels":{},"x":[${'{},'.repeat(3_200_000)}{}]}`),
  'splits-of-objects.json': () => Buffer.from(`[${'{},'.repeat(3_200_000)}{}]`),
  'summary-of-objects.json': () => Buffer.from(`{"metric_per_case":[${'{},'.repeat(3_200_000)}{}]}`),
  'fingerprint-of-lists.json': () => Buffer.from(`{"spacings":[${'[1,1,1],'.repeat(1_200_000)}[1,1,1]]}`),
  'many.safetensors': () => {
    const header = Buffer.from(
      `{${Array.from({ length: 140_000 }, (_, i) => `"t${i}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`).join(',')}}`,
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    return Buffer.concat([length, header]);
  },
};

test.each(Object.keys(files))('%s', async (name) => {
  const file = join(folder, name);
  const bytes = await files[name]();
  expect(bytes.byteLength).toBeLessThanOrEqual(10_000_000);
  await writeFile(file, bytes);
  const told = JSON.parse(execFileSync(process.execPath, [program, file], { encoding: 'utf8' })) as {
    outcome: string;
    peakMiB: number;
  };
  expect(told.outcome).toMatch(/^(?:read|[a-z-]+)$/);
  expect(told.peakMiB).toBeLessThan(limitMiB);
});
