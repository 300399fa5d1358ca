import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import { encodeZip, extractZipEntry, listZip, openByteRanges, readZipEntry, type ZipMember } from '../../src/index.js';

const members: ZipMember[] = [
  { name: 'empty', bytes: new Uint8Array(0) },
  { name: 'folder/räume.bin', bytes: Uint8Array.from({ length: 5000 }, (_, i) => i % 17) },
  { name: 'last', bytes: Uint8Array.of(201, 202, 203) },
];
const zipped = (options = {}) => Buffer.concat([...encodeZip(members, options)]);

describe('an archive', () => {
  test.each([{}, { level: 6 }, { alignment: 64 }])('of the options %j reads back', async (options) => {
    const source = await openByteRanges(zipped(options));
    const entries = await listZip(source);
    expect(entries.map(({ name, size }) => ({ name, size }))).toEqual(
      members.map(({ name, bytes }) => ({ name, size: bytes.length })),
    );
    for (const [i, entry] of entries.entries()) {
      expect(await readZipEntry(source, entry)).toEqual(members[i].bytes);
    }
  });

  test('puts stored members at multiples of the alignment', () => {
    const bytes = zipped({ alignment: 64 });
    for (const { bytes: content } of members.slice(1)) {
      expect(bytes.indexOf(content) % 64).toBe(0);
    }
  });

  test('gives a member to a file', async () => {
    const folder = await temporaryFolder('zip-');
    const archive = join(folder, 'a.zip');
    await writeFile(archive, zipped({ level: 1 }));
    const source = await openByteRanges(archive);
    const [, entry] = await listZip(source);
    await source.close();
    await extractZipEntry(archive, entry, join(folder, 'member'));
    expect(new Uint8Array(await readFile(join(folder, 'member')))).toEqual(members[1].bytes);
  });

  test('an empty member becomes an empty file', async () => {
    const archive = join(await temporaryFolder(), 'a.zip');
    await writeFile(archive, zipped());
    const [entry] = await listZip(await openByteRanges(archive));
    await extractZipEntry(archive, entry, `${archive}.empty`);
    expect((await readFile(`${archive}.empty`)).byteLength).toBe(0);
  });

  test('a member that is not as the directory says is refused while it is unpacked', async () => {
    const archive = join(await temporaryFolder(), 'a.zip');
    await writeFile(archive, zipped({ level: 9 }));
    const [, entry] = await listZip(await openByteRanges(archive));
    for (const wrong of [{ size: 17 }, { size: 5001 }, { localHeaderOffset: 0 }, { compressedSize: 20 }]) {
      const extracted = extractZipEntry(archive, { ...entry, ...wrong }, `${archive}.member`);
      await expect(extracted).rejects.toMatchObject({ code: 'invalid-zip' });
    }
    expect(existsSync(`${archive}.member`)).toBe(false);
  });
});

describe('damage', () => {
  test('a changed byte of a member is refused by its checksum', async () => {
    const bytes = zipped();
    bytes[bytes.indexOf(members[1].bytes) + 100] ^= 1;
    const source = await openByteRanges(bytes);
    const [, entry] = await listZip(source);
    await expect(readZipEntry(source, entry)).rejects.toMatchObject({ code: 'invalid-zip' });
  });

  test('an archive cut off anywhere is refused', async () => {
    const bytes = zipped();
    for (const length of [0, 10, 200, bytes.length - 30, bytes.length - 1]) {
      await expect(listZip(await openByteRanges(bytes.subarray(0, length)))).rejects.toMatchObject({
        code: 'invalid-zip',
      });
    }
  });

  test('a member that claims more than deflate can hold is refused', async () => {
    const bytes = zipped({ level: 9 });
    const entry = bytes.lastIndexOf('folder/') - 46;
    bytes.writeUInt32LE(0x7fffffff, entry + 24);
    await expect(listZip(await openByteRanges(bytes))).rejects.toThrow(/claims 2147483647 bytes/);
  });
});
