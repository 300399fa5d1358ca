import { existsSync } from 'node:fs';
import { VolumeIoError } from '../errors.js';
import { arrayClasses, bytesOf, swapByteOrder, viewElements, type TypedArray } from '@fractura/array-files';
import { checkMaxBytes, defaultLimit } from '../memory-limit.js';
import { openByteSource, type ByteSource } from './byte-source.js';
import { chunkReader } from './chunk-reader.js';
import { parseExtensions } from './extensions.js';
import { voxelLayouts, type Matrix4x4, type NiftiDtype, type NiftiExtension, type NiftiHeader } from './nifti-types.js';
import { longestHeaderBytes, parseHeader, type ParsedHeader } from './parse-header.js';

/** A `.hdr` file is a header and its extensions; more is not looked at. */
const maxHeaderFileBytes = 1 << 20;

/** A volume as a NIfTI file holds it. */
export interface NiftiVolume {
  /** Voxels, x fastest: voxel (x, y, z) is at `x + shape[0] * (y + shape[1] * z)`. Owned by the caller. */
  data: TypedArray;
  /** Type of `data`: the stored type, or float64 where slope and intercept were applied. */
  dtype: NiftiDtype;
  /** Numbers a voxel, next to each other in `data`: 1, 2 (complex), 3 (RGB) or 4 (RGBA). */
  components: number;
  /** Sizes in the order of the header: x, y, z, t, ... (one to seven). */
  shape: number[];
  /** Distance between neighbours along each axis of `shape`; mm (and s) unless `header.units` says otherwise. */
  spacing: number[];
  /** Voxel indices to RAS+ mm: sform where its code is set, else qform, else the spacing alone. */
  affine: Matrix4x4;
  affineSource: 'sform' | 'qform' | 'pixdim';
  header: NiftiHeader;
  extensions: NiftiExtension[];
  /** Bytes behind the voxels, which nothing describes; they are not read. */
  trailingBytes: number;
  /** What had to be mended to make sense of the header; empty for a sound file. */
  repairs: string[];
}

/** How to read. */
export interface ReadNiftiOptions {
  /** Voxels of a header that comes without them (`.hdr`), when the header is given as bytes. */
  image?: Uint8Array;
  /** Apply scl_slope and scl_inter (default true); the result is then float64, as nibabel's `get_fdata`. */
  scale?: boolean;
  /**
   * Refuse volumes that take more memory. Default 4 GiB; of a compressed file 256 MiB, or 24 times its size where that is more,
   * up to 4 GiB.
   */
  maxBytes?: number;
  signal?: AbortSignal;
}

/**
 * Reads a NIfTI-1 or NIfTI-2 volume: `.nii`, `.nii.gz`, or a pair of which either file may be named.
 *
 * Memory is taken only after the header proved sound and its sizes fit the bytes that are there.
 *
 * @param input path, or the bytes of a file (compressed or not).
 * @throws VolumeIoError `file-not-found`, `file-unreadable`, `not-nifti`, `invalid-header`, `invalid-extension`,
 *   `unsupported-dtype`, `file-truncated`, `gzip-damaged`, `too-large`, `limit-invalid`.
 * @see https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h
 */
export async function readNifti(
  input: string | Uint8Array,
  { image, scale = true, maxBytes, signal }: ReadNiftiOptions = {},
): Promise<NiftiVolume> {
  checkMaxBytes(maxBytes);
  const headerInput = typeof input === 'string' ? partner(input, 'hdr') : input;
  const source = await openByteSource(headerInput, nameOf(headerInput, 'NIfTI data'));
  const reader = chunkReader(source, signal);
  const head = await reader.peek(longestHeaderBytes);
  const parsed = parseHeader(head, source.file);

  if (!parsed.isPair) {
    checkSize(parsed, source, { maxBytes, scale });
    const bytes = await reader.fill(parsed.dataOffset + parsed.dataBytes);
    const extensionBytes = parsed.hasExtensions
      ? bytes.subarray(parsed.headerBytes + 4, parsed.dataOffset)
      : new Uint8Array(0);
    return volumeOf(parsed, bytes, { extensionBytes, scale, trailingBytes: await reader.drain(), file: source.file });
  }

  const imageInput = image ?? (typeof input === 'string' ? partner(input, 'img') : undefined);
  if (imageInput === undefined) {
    throw new VolumeIoError(`${source.file} is the header of a pair; its voxels are missing.`, {
      code: 'image-missing',
      remedy: 'Give the path of either file, or the bytes of the .img file as the option "image".',
    });
  }
  const headerFile = await reader.take(maxHeaderFileBytes);
  const imageSource = await openByteSource(imageInput, nameOf(imageInput, 'NIfTI image'));
  const imageReader = chunkReader(imageSource, signal);
  checkSize(parsed, imageSource, { maxBytes, scale });
  const bytes = await imageReader.fill(parsed.dataOffset + parsed.dataBytes);
  return volumeOf(parsed, bytes, {
    extensionBytes: parsed.hasExtensions ? headerFile.subarray(parsed.headerBytes + 4) : new Uint8Array(0),
    scale,
    trailingBytes: await imageReader.drain(),
    file: source.file,
  });
}

const nameOf = (input: string | Uint8Array, otherwise: string) => (typeof input === 'string' ? input : otherwise);

/** The other file of a pair: same name, other ending, compressed or not; the path itself where it is no pair. */
function partner(path: string, ending: 'hdr' | 'img'): string {
  const match = /^(.*)\.(hdr|img)(\.gz)?$/i.exec(path);
  if (match === null) {
    return path;
  }
  const [, base, own, gz = ''] = match as unknown as [string, string, string, string | undefined];
  if (own.toLowerCase() === ending) {
    return path;
  }
  const other = own === own.toUpperCase() ? ending.toUpperCase() : ending;
  const alike = `${base}.${other}${gz}`;
  const unlike = `${base}.${other}${gz === '' ? '.gz' : ''}`;
  return !existsSync(alike) && existsSync(unlike) ? unlike : alike;
}

function checkSize(
  { dataOffset, dataBytes, shape, header }: ParsedHeader,
  source: ByteSource,
  { maxBytes, scale }: { maxBytes: number | undefined; scale: boolean },
): void {
  const { element } = voxelLayouts[header.storedDtype];
  const scaledBytes = scale && isScaled(header) ? (dataBytes / arrayClasses[element].BYTES_PER_ELEMENT) * 8 : 0;
  const neededBytes = dataOffset + dataBytes + scaledBytes;
  const limit = maxBytes ?? (source.compressedBytes === undefined ? 2 ** 32 : defaultLimit(source.compressedBytes));
  const what = `${source.file} declares ${shape.join(' x ')} voxels of ${header.storedDtype}`;
  if (dataOffset + dataBytes > source.maxBytes) {
    throw new VolumeIoError(
      `${what} (${dataBytes} bytes from byte ${dataOffset}), but holds at most ${source.maxBytes} bytes.`,
      { code: 'file-truncated', remedy: 'Copy or download the file again.' },
    );
  }
  if (neededBytes > limit) {
    throw new VolumeIoError(`${what}: ${neededBytes} bytes are more than the limit of ${limit}.`, {
      code: 'too-large',
      remedy: 'Raise the option "maxBytes" if the file is trusted.',
    });
  }
}

function volumeOf(
  parsed: ParsedHeader,
  bytes: Uint8Array,
  context: { extensionBytes: Uint8Array; scale: boolean; trailingBytes: number; file: string },
): NiftiVolume {
  const { header, shape, spacing, affine, affineSource, dataOffset, dataBytes, repairs } = parsed;
  const { element, components } = voxelLayouts[header.storedDtype];
  const elementBytes = arrayClasses[element].BYTES_PER_ELEMENT;
  const stored = viewElements(element, bytes, dataOffset, dataBytes / elementBytes);
  if (!header.littleEndian) {
    swapByteOrder(bytesOf(stored), elementBytes);
  }
  const scaled = context.scale && isScaled(header);
  return {
    data: scaled ? applyScale(stored, header) : stored,
    dtype: scaled ? (components === 2 ? 'complex128' : 'float64') : header.storedDtype,
    components,
    shape,
    spacing,
    affine,
    affineSource,
    header,
    extensions: parseExtensions(context.extensionBytes, header.littleEndian, context.file),
    trailingBytes: context.trailingBytes,
    repairs,
  };
}

/** RGB voxels are never scaled (nifti1.h). */
const isScaled = ({ slope, intercept, storedDtype }: NiftiHeader) =>
  !Number.isNaN(slope) && slope !== 0 && (slope !== 1 || intercept !== 0) && !storedDtype.startsWith('rgb');

/** value = slope * stored + intercept, in double precision. */
function applyScale(stored: TypedArray, { slope, intercept, storedDtype }: NiftiHeader): Float64Array {
  const scaled = new Float64Array(stored.length);
  const isComplex = storedDtype.startsWith('complex');
  for (let i = 0; i < stored.length; i += 1) {
    scaled[i] = Number(stored[i]) * slope + (isComplex && i % 2 === 1 ? 0 : intercept);
  }
  return scaled;
}
