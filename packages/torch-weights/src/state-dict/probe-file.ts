import { openByteRanges } from '@fractura/array-files';

/** Whether the content is that of a safetensors file: eight bytes of length, then the brace that opens its header. */
export async function isSafetensorsFile(input: string | Uint8Array): Promise<boolean> {
  const source = await openByteRanges(input, 'The data');
  try {
    const start = await source.read(0, Math.min(9, source.size));
    return start[8] === 0x7b && start[0] !== 0x80;
  } finally {
    await source.close();
  }
}
