/** How the pixels of a transfer syntax are packed. */
export type PixelCoding = 'native' | 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000';

/** How a DICOM file is encoded (PS3.5, 10 and annex A). */
export interface TransferSyntax {
  name: string;
  coding: PixelCoding;
  implicit?: boolean;
  bigEndian?: boolean;
  deflated?: boolean;
}

const dicom = '1.2.840.10008.1.2';

const known: Record<string, TransferSyntax> = {
  '': { name: 'Implicit VR Little Endian', coding: 'native', implicit: true },
  '.1': { name: 'Explicit VR Little Endian', coding: 'native' },
  '.1.98': { name: 'Encapsulated Uncompressed Explicit VR Little Endian', coding: 'native' },
  '.1.99': { name: 'Deflated Explicit VR Little Endian', coding: 'native', deflated: true },
  '.2': { name: 'Explicit VR Big Endian', coding: 'native', bigEndian: true },
  '.4.50': { name: 'JPEG Baseline', coding: 'jpeg' },
  '.4.51': { name: 'JPEG Extended', coding: 'jpeg' },
  '.4.57': { name: 'JPEG Lossless (process 14)', coding: 'jpeg-lossless' },
  '.4.70': { name: 'JPEG Lossless (process 14, selection value 1)', coding: 'jpeg-lossless' },
  '.4.80': { name: 'JPEG-LS Lossless', coding: 'jpeg-ls' },
  '.4.81': { name: 'JPEG-LS Near-lossless', coding: 'jpeg-ls' },
  '.4.90': { name: 'JPEG 2000 Lossless', coding: 'jpeg-2000' },
  '.4.91': { name: 'JPEG 2000', coding: 'jpeg-2000' },
  '.5': { name: 'RLE Lossless', coding: 'rle' },
};

/** What is known by name alone, by the beginning of what follows the root. */
const unsupported: readonly [beginning: string, name: string][] = [
  ['.4.92', 'JPEG 2000 Part 2'],
  ['.4.93', 'JPEG 2000 Part 2'],
  ['.4.94', 'JPIP, pixels on a server'],
  ['.4.95', 'JPIP, pixels on a server'],
  ['.4.100', 'MPEG-2 video'],
  ['.4.101', 'MPEG-2 video'],
  ['.4.102', 'MPEG-4 video'],
  ['.4.103', 'MPEG-4 video'],
  ['.4.104', 'MPEG-4 video'],
  ['.4.105', 'MPEG-4 video'],
  ['.4.106', 'MPEG-4 video'],
  ['.4.107', 'HEVC video'],
  ['.4.108', 'HEVC video'],
  ['.4.11', 'JPEG XL'],
  ['.4.20', 'High-Throughput JPEG 2000'],
  ['.7', 'SMPTE ST 2110 video'],
  ['.8', 'Deflated Image Frame'],
  ['.4', 'a retired kind of JPEG'],
];

/** @returns the transfer syntax of a UID, or the name of one that is not read. */
export function transferSyntaxOf(uid: string): TransferSyntax | string {
  if (uid !== dicom && !uid.startsWith(`${dicom}.`)) {
    return 'one that is private or unknown';
  }
  const rest = uid.slice(dicom.length);
  const found = Object.hasOwn(known, rest) ? known[rest] : undefined;
  return found ?? unsupported.find(([beginning]) => rest.startsWith(beginning))?.[1] ?? 'one that is unknown';
}
