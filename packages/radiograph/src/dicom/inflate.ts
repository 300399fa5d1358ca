/** The part of the web's streams that is used; Node has them too, typed elsewhere. */
declare const DecompressionStream: new (format: 'deflate-raw') => {
  readable: { getReader: () => { read: () => Promise<{ done: boolean; value?: Uint8Array }> } };
  writable: {
    getWriter: () => {
      write: (bytes: Uint8Array) => Promise<void>;
      close: () => Promise<void>;
      abort: (reason: unknown) => Promise<void>;
    };
  };
};

/**
 * Inflates bytes (RFC 1951), as far as they go.
 *
 * @param most bytes that they may become.
 * @returns what was inflated before the data break off, or something else follows them.
 * @throws Error where they become more.
 */
export async function inflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  const written = writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (value !== undefined) {
      chunks.push(value);
      length += value.length;
    }
    if (length > most) {
      await writer.abort(undefined).catch(() => undefined);
      throw new Error(`it inflates to more than ${most} bytes`);
    }
    if (done) {
      break;
    }
  }
  await written;
  const data = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    data.set(chunk, at);
    at += chunk.length;
  }
  return data;
}
