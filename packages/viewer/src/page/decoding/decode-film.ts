import { decodeDicom } from '@fractura/radiograph/page';
import type { Film } from '../../model/model-answers.js';
import { decodePng } from './decode-png.js';
import { decodeWithBrowser } from './decode-with-browser.js';
import { fileKind, type FileKind } from './file-kind.js';
import { FilmFailure } from './film-failure.js';
import { jpegHeaderSize, pngHeaderSize, type HeaderSize } from './header-size.js';

/** A file as it was opened. */
export interface OpenedFilm extends Film {
  /** What the user should know of how it was read. */
  notes: string[];
}

/** As `readRadiograph` in Node: larger than any detector. */
const mostPixels = 2 ** 26;
const mostBytes = 2 ** 28;

/** The end of a JPEG (ITU-T T.81, table B.1), behind which some programs add a few bytes. */
const longestTrailer = 64;

/**
 * Decodes a radiograph to upright grey levels.
 *
 * @throws FilmFailure one sentence with the file's name.
 */
export async function decodeFilm(file: Blob, name: string): Promise<OpenedFilm> {
  if (file.size === 0) {
    throw new FilmFailure(`${name} is empty.`);
  }
  if (file.size > mostBytes) {
    throw new FilmFailure(`${name} has ${file.size} bytes, more than the limit of ${mostBytes}.`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = fileKind(bytes);
  if (kind === 'dicom') {
    return openDicom(bytes, name);
  }
  refuseUnreadable(kind, name);
  refuseLarge(kind === 'png' ? pngHeaderSize(bytes) : kind === 'jpeg' ? jpegHeaderSize(bytes) : undefined, name);
  if (kind === 'jpeg' && lastIndexOfEnd(bytes) < bytes.length - longestTrailer) {
    throw new FilmFailure(`${name} is damaged: the file ends before its image does.`);
  }
  try {
    const film = kind === 'png' ? await decodePng(bytes) : await decodeWithBrowser(bytes, `image/${kind}`);
    return { ...film, notes: [] };
  } catch (cause) {
    throw new FilmFailure(`${name} is damaged: it does not decode as ${kind.toUpperCase()}.`, cause);
  }
}

async function openDicom(bytes: Uint8Array, name: string): Promise<OpenedFilm> {
  try {
    const { data, width, height, pixelSpacing, warnings } = await decodeDicom(bytes, { name, maxPixels: mostPixels });
    const film: OpenedFilm = { data, width, height, notes: warnings };
    if (pixelSpacing !== undefined) {
      film.pixelSpacing = pixelSpacing;
    }
    return film;
  } catch (cause) {
    throw new FilmFailure(cause instanceof Error ? cause.message : `${name} cannot be read.`, cause);
  }
}

function refuseUnreadable(kind: FileKind, name: string): void {
  if (kind === 'pdf' || kind === 'tiff') {
    throw new FilmFailure(`${name} is a ${kind.toUpperCase()}; give a JPEG, PNG or DICOM file.`);
  }
  if (kind === 'other') {
    throw new FilmFailure(`${name} is not a JPEG, PNG or DICOM file.`);
  }
}

function refuseLarge(size: HeaderSize | undefined, name: string): void {
  if (size === undefined) {
    return;
  }
  const { width, height, components } = size;
  if (width * height > mostPixels) {
    throw new FilmFailure(`${name} claims ${width} x ${height} pixels, more than the limit of ${mostPixels}.`);
  }
  if (components === 4) {
    throw new FilmFailure(`${name} is a JPEG of four inks (CMYK), which browsers show differently; save it as grey.`);
  }
}

function lastIndexOfEnd(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(0xd9); at > 0; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) {
      return at - 1;
    }
  }
  return -1;
}
