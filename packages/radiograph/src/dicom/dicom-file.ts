import dicomParser, { type ByteStream, type DataSet } from 'dicom-parser';
import { reasonOf } from '@fractura/errors';
import { bytesOfPixel, checkLimit, type SizeLimit } from '../images/size-limit.js';
import { unreadableImage } from '../images/unreadable-image.js';
import { badAttribute, damagedDicom, unsupportedDicom } from './dicom-errors.js';
import { inflate } from './inflate.js';
import { isDicom } from './is-dicom.js';
import { readMetaHeader } from './meta-header.js';
import { nameOf, tagOf } from './tags.js';
import { transferSyntaxOf, type TransferSyntax } from './transfer-syntaxes.js';

/** A DICOM file whose attributes have been read up to its pixels. */
export interface DicomFile {
  /** How messages call it. */
  name: string;
  transferSyntax: TransferSyntax;
  dataSet: DataSet;
}

/** Bytes that attributes may take beside the pixels, where a data set is inflated. */
const attributeBytes = 2 ** 24;

/**
 * Reads the attributes of a DICOM file. Files whose transfer syntax says explicit but whose elements are implicit are read as they are.
 *
 * @throws RadiographError `image-unreadable` (no DICOM file, no transfer syntax), `dicom-unsupported` (transfer syntax), `image-damaged`
 */
export async function openDicom(bytes: Uint8Array, name: string, limit: SizeLimit = {}): Promise<DicomFile> {
  if (!isDicom(bytes)) {
    throw unreadableImage(name, 'it is no DICOM file, as "DICM" does not stand at byte 128');
  }
  const meta = readMetaHeader(bytes);
  if (meta.transferSyntax === undefined) {
    const remedy = 'Export the file again with its meta information, or add its transfer syntax with a DICOM editor.';
    throw badAttribute(name, 'TransferSyntaxUID', 'is missing', remedy);
  }
  const transferSyntax = transferSyntaxOf(meta.transferSyntax);
  if (typeof transferSyntax === 'string') {
    throw unsupportedDicom(
      name,
      `whose ${nameOf('TransferSyntaxUID')} is ${transferSyntax}, which is not read`,
      'Export it uncompressed (Explicit VR Little Endian), or as JPEG, JPEG-LS, JPEG 2000 or RLE.',
    );
  }
  const rest = bytes.subarray(meta.end);
  const body = transferSyntax.deflated === true ? await inflated(rest, name, limit) : rest;
  return { name, transferSyntax, dataSet: readDataSet(body, transferSyntax, name) };
}

async function inflated(bytes: Uint8Array, name: string, limit: SizeLimit): Promise<Uint8Array> {
  return inflate(bytes, checkLimit(limit) * bytesOfPixel + attributeBytes).catch((cause: unknown) => {
    throw damagedDicom(name, reasonOf(cause), cause);
  });
}

function readDataSet(body: Uint8Array, { implicit, bigEndian }: TransferSyntax, name: string): DataSet {
  const parser = bigEndian === true ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const { ByteStream, DataSet } = dicomParser as unknown as DicomParserClasses;
  const dataSet = new DataSet(parser, body, {});
  const parse =
    implicit === true || !beginsExplicitly(body)
      ? dicomParser.parseDicomDataSetImplicit
      : dicomParser.parseDicomDataSetExplicit;
  try {
    parse(dataSet, new ByteStream(parser, body, 0), body.length, { untilTag: tagOf('PixelData') });
  } catch {
    // dicom-parser throws texts and objects; what they say may quote the file.
    throw damagedDicom(name, `its attributes break off before ${nameOf('PixelData')}`);
  }
  return dataSet;
}

/** Whether the first element has a value representation, two capitals. */
const beginsExplicitly = (body: Uint8Array): boolean =>
  [body[4], body[5]].every((byte) => byte >= 0x41 && byte <= 0x5a);

/** What dicom-parser has, but its types do not tell. */
interface DicomParserClasses {
  ByteStream: new (parser: object, bytes: Uint8Array, position: number) => ByteStream;
  DataSet: new (parser: object, bytes: Uint8Array, elements: object) => DataSet;
}
