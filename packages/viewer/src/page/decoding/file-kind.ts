import { isDicom } from '@fractura/radiograph/page';

/** Kinds of file by their first bytes; `other` is none of them. */
export type FileKind = 'jpeg' | 'png' | 'bmp' | 'webp' | 'gif' | 'dicom' | 'tiff' | 'pdf' | 'other';

/** What a file begins with: text, or bytes; at byte 0 but for WebP, whose name stands in a RIFF header. */
const beginnings: readonly (readonly [FileKind, string, number])[] = [
  ['jpeg', '\xff\xd8\xff', 0],
  ['png', '\x89PNG\r\n\x1a\n', 0],
  ['bmp', 'BM', 0],
  ['webp', 'WEBP', 8],
  ['gif', 'GIF8', 0],
  ['tiff', 'II*\0', 0],
  ['tiff', 'MM\0*', 0],
  ['pdf', '%PDF', 0],
];

/** The kind of a file by its content, whatever its name says. */
export function fileKind(bytes: Uint8Array): FileKind {
  if (isDicom(bytes)) {
    return 'dicom';
  }
  const text = String.fromCharCode(...bytes.subarray(0, 16));
  return beginnings.find(([, beginning, at]) => text.startsWith(beginning, at))?.[0] ?? 'other';
}
