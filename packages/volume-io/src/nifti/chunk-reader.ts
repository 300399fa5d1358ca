import { VolumeIoError } from '../errors.js';
import type { ByteSource } from './byte-source.js';

/** Takes exact amounts from a stream of chunks. */
export function chunkReader({ chunks, file }: ByteSource, signal?: AbortSignal) {
  const iterator = chunks[Symbol.asyncIterator]();
  let left: Uint8Array = new Uint8Array(0);

  const copyInto = async (target: Uint8Array): Promise<number> => {
    let position = 0;
    while (position < target.byteLength) {
      if (left.byteLength === 0) {
        signal?.throwIfAborted();
        const next = await iterator.next();
        if (next.done === true) {
          break;
        }
        left = next.value;
      }
      const part = left.subarray(0, target.byteLength - position);
      target.set(part, position);
      position += part.byteLength;
      left = left.subarray(part.byteLength);
    }
    return position;
  };

  /** At most `count` bytes; fewer only at the end of the source. */
  const take = async (count: number): Promise<Uint8Array> => {
    const target = new Uint8Array(count);
    return target.subarray(0, await copyInto(target));
  };

  return {
    take,
    /** As `take`, and what was taken comes again. */
    async peek(count: number): Promise<Uint8Array> {
      const head = await take(count);
      left = Buffer.concat([head, left]);
      return head;
    },
    /** Exactly `count` bytes. */
    async fill(count: number): Promise<Uint8Array> {
      const target = new Uint8Array(count);
      const reached = await copyInto(target);
      if (reached < count) {
        throw new VolumeIoError(`${file} ends after ${reached} bytes; its header asks for ${count}.`, {
          code: 'file-truncated',
          remedy: 'Copy or download the file again.',
        });
      }
      return target;
    },
    /** Counts what is left without keeping it; for gzip this also verifies the checksum. */
    async drain(): Promise<number> {
      let count = left.byteLength;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        signal?.throwIfAborted();
        count += next.value.byteLength;
      }
      return count;
    },
    /** Lets go of the source. */
    async close(): Promise<void> {
      await iterator.return?.();
    },
  };
}
