/** An element of a DICOM file, encoded. */
export interface DicomElement {
  tag: string;
  bytes: Uint8Array;
}

const longVr = ['OB', 'OW', 'SQ', 'UN', 'UT'];

/**
 * Encodes an element, explicit and little endian.
 *
 * @param tag such as `00280010`.
 */
export function dicomElement(tag: string, vr: string, value: string | number | Uint8Array | Uint16Array): DicomElement {
  const padding = vr === 'UI' ? '\0' : ' ';
  const content =
    typeof value === 'string'
      ? Buffer.from(value.length % 2 === 0 ? value : value + padding, 'latin1')
      : typeof value === 'number'
        ? Buffer.from(Uint16Array.of(value).buffer)
        : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const long = longVr.includes(vr);
  const head = Buffer.alloc(long ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (long) {
    head.writeUInt32LE(content.length, 8);
  } else {
    head.writeUInt16LE(content.length, 6);
  }
  return { tag, bytes: Buffer.concat([head, content]) };
}

/** Encodes a sequence of one item. */
export function dicomSequence(tag: string, elements: readonly DicomElement[]): DicomElement {
  const content = Buffer.concat(elements.map(({ bytes }) => bytes));
  const item = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  item.writeUInt32LE(content.length, 4);
  return dicomElement(tag, 'SQ', Buffer.concat([item, content]));
}

/** A DICOM file of elements, which are put in order; explicit and little endian unless told. */
export function dicomFile(
  elements: readonly DicomElement[],
  { transferSyntax = '1.2.840.10008.1.2.1' }: { transferSyntax?: string } = {},
): Uint8Array {
  const meta = transferSyntax === '' ? [] : [dicomElement('00020010', 'UI', transferSyntax)];
  const sorted = elements.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
  const preamble = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);
  return Buffer.concat([preamble, ...[...meta, ...sorted].map(({ bytes }) => bytes)]);
}

/** A radiograph to be written as DICOM. */
export interface DicomFilm {
  width: number;
  height: number;
  /** Levels, `[height, width]`, of at most 12 bits. */
  levels: Uint16Array;
  /** Elements beside those of the pixels. */
  more?: readonly DicomElement[];
}

/** A grey DICOM file of 12 bits in 16. */
export const dicomFilm = ({ width, height, levels, more = [] }: DicomFilm): Uint8Array =>
  dicomFile([
    dicomElement('00080060', 'CS', 'DX'),
    dicomElement('00280002', 'US', 1),
    dicomElement('00280004', 'CS', 'MONOCHROME2'),
    dicomElement('00280010', 'US', height),
    dicomElement('00280011', 'US', width),
    dicomElement('00280100', 'US', 16),
    dicomElement('00280101', 'US', 12),
    dicomElement('00280102', 'US', 11),
    dicomElement('00280103', 'US', 0),
    dicomElement('7FE00010', 'OW', levels),
    ...more,
  ]);

/** What tells who a patient is, as marks that would be found wherever they came out. */
export const patientMarks = {
  name: 'ZWEISTEIN^MARKED',
  id: 'PID-7788-MARKED',
  birthDate: '19010203',
  studyUid: '1.2.3.77887788.1',
  accession: 'ACC-7788-MARK',
  institution: 'HOSPITAL OF MARKS',
} as const;

/** The elements that hold {@link patientMarks}. */
export const patientElements = (): DicomElement[] => [
  dicomElement('00080018', 'UI', `${patientMarks.studyUid}.1`),
  dicomElement('00080050', 'SH', patientMarks.accession),
  dicomElement('00080080', 'LO', patientMarks.institution),
  dicomElement('00100010', 'PN', patientMarks.name),
  dicomElement('00100020', 'LO', patientMarks.id),
  dicomElement('00100030', 'DA', patientMarks.birthDate),
  dicomElement('0020000D', 'UI', patientMarks.studyUid),
];
