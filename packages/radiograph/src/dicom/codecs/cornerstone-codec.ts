import type { DecodedFrame } from './decoded-frame.js';

/** A decoder as the codecs of Cornerstone have it, with memory of its own. */
interface Decoder {
  getEncodedBuffer: (length: number) => Uint8Array;
  decode: () => void;
  getDecodedBuffer: () => Uint8Array;
  getFrameInfo: () => { width: number; height: number; componentCount: number; bitsPerSample: number };
  delete: () => void;
}

/** Makes a codec's module, which has the class of its decoder by its name. */
export type CodecFactory<Name extends string> = (options: {
  print: (line: string) => void;
  printErr: (line: string) => void;
}) => Promise<Record<Name, new () => Decoder>>;

const silence = () => undefined;

/**
 * Decodes a frame in a module of its own: what a damaged frame leaves behind meets no other, and its memory goes with it.
 *
 * @throws unknown what the codec throws: numbers and objects of no use.
 */
export async function decodeByCodec<Name extends string>(
  factory: CodecFactory<Name>,
  name: Name,
  encoded: Uint8Array,
): Promise<DecodedFrame> {
  // The options become the module.
  const codec = await factory({ print: silence, printErr: silence });
  const decoder = new codec[name]();
  decoder.getEncodedBuffer(encoded.length).set(encoded);
  decoder.decode();
  const { width, height, componentCount: channels, bitsPerSample } = decoder.getFrameInfo();
  // Copied: it is the codec's own memory.
  const bytes = Uint8Array.from(decoder.getDecodedBuffer());
  decoder.delete();
  return { width, height, channels, samples: bitsPerSample > 8 ? new Uint16Array(bytes.buffer) : bytes };
}
