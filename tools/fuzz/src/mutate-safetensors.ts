import type { Draw } from '@fractura/testing';
import { mutateJsonText } from './mutate-json.js';

/** A safetensors file whose header was changed as JSON, and at times its length. */
export function mutateSafetensors(sound: Uint8Array, draw: Draw): Uint8Array {
  const bytes = Buffer.from(sound);
  const end = 8 + Number(bytes.readBigUInt64LE(0));
  const header = mutateJsonText(JSON.parse(bytes.subarray(8, end).toString()), draw);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(draw(8) === 0 ? draw(2 ** 31) : header.length));
  return Buffer.concat([length, header, bytes.subarray(end)]);
}
