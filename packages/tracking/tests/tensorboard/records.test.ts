import { expect, test } from '@jest/globals';
import { crc32c, maskedCrc32c } from '../../src/tensorboard/crc32c.js';
import { ProtobufMessage, readVarint } from '../../src/tensorboard/protobuf.js';
import { decodeRecords, encodeRecord } from '../../src/tensorboard/record-file.js';

test.each([
  ['32 bytes of zero', new Uint8Array(32), 0x8a9136aa],
  ['32 bytes of ones', new Uint8Array(32).fill(255), 0x62a8ab43],
  ['32 bytes ascending', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ['the check value', new TextEncoder().encode('123456789'), 0xe3069283],
])('CRC-32C of %s is that of RFC 3720', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

test('the mask of a checksum can be taken off again', () => {
  const masked = maskedCrc32c(new Uint8Array(32));
  const turned = (masked - 0xa282ead8) >>> 0;
  expect(((turned >>> 17) | (turned << 15)) >>> 0).toBe(0x8a9136aa);
});

test('fields are encoded as the documentation of protocol buffers shows', () => {
  expect([...new ProtobufMessage().integer(1, 150).encode()]).toEqual([0x08, 0x96, 0x01]);
  expect([...new ProtobufMessage().bytes(2, 'testing').encode()]).toEqual([18, 7, ...Buffer.from('testing')]);
  const inner = new ProtobufMessage().integer(1, 150);
  expect([...new ProtobufMessage().bytes(3, inner).encode()]).toEqual([0x1a, 3, 0x08, 0x96, 0x01]);
  expect([...new ProtobufMessage().double(1, 1).encode()]).toEqual([9, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  expect([...new ProtobufMessage().float(2, 1).encode()]).toEqual([21, 0, 0, 0x80, 0x3f]);
});

test('whole numbers above 32 bits are read as they were written', () => {
  const bytes = new ProtobufMessage().integer(1, 2 ** 40 + 5).encode();
  expect(readVarint(bytes, 1)).toEqual([2 ** 40 + 5, bytes.byteLength]);
});

test('records are read up to the first that is damaged', () => {
  const records = ['one', 'two', 'three'].map((text) => encodeRecord(new TextEncoder().encode(text)));
  const bytes = Buffer.concat(records);
  const texts = (of: Uint8Array) => decodeRecords(of).records.map((record) => Buffer.from(record).toString());
  expect(texts(bytes)).toEqual(['one', 'two', 'three']);
  bytes[records[0].byteLength + 13] ^= 1;
  expect(texts(bytes)).toEqual(['one']);
  expect(decodeRecords(bytes).end).toBe(records[0].byteLength);
});
