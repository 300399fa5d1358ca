/** The last two bytes of a JPEG image; some programs add a few of their own. ITU-T T.81, table B.1. */
const endOfImage = Buffer.from([0xff, 0xd9]);
const longestTrailer = 64;

/** What is done about an image that is cut short or corrupt: end with an error, leave it out, or take what decodes. */
export type DamagePolicy = 'error' | 'skip' | 'salvage';

/**
 * Why an image does not decode without errors, from its bytes, as the end of a sentence: what libvips says differs from run to
 * run, as its threads share one list of warnings.
 */
export function describeDamage(bytes: Buffer): string {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (bytes.length === 0) {
    return 'the file is empty';
  }
  if (isJpeg && bytes.lastIndexOf(endOfImage) < bytes.length - longestTrailer) {
    return 'the file ends before its image does';
  }
  return 'the file does not decode without errors';
}
