/** The first line of a failure's message; libvips repeats its warnings, and sometimes gives none. */
export function reasonOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (line.startsWith('Warning treated as error')) {
    return 'the decoder gave a warning';
  }
  return line.replace(/^VipsJpeg: /, '').replace(/\.$/, '');
}
