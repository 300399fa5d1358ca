import { RadiographError } from '../errors.js';
import { nameOf, type Keyword } from './tags.js';

/** Errors for a file whose attribute is missing or means nothing. What it holds is not shown: it may be a shifted name. */
export const badAttribute = (file: string, keyword: Keyword, what: string, remedy?: string) =>
  new RadiographError(`${file} is a DICOM file whose ${nameOf(keyword)} ${what}.`, {
    code: 'image-unreadable',
    remedy: remedy ?? 'Export the image again from the system that made it, or leave this file out.',
  });

/** Errors for a file that ends early, or whose compressed pixels do not decode. */
export const damagedDicom = (file: string, what: string, cause?: unknown) =>
  new RadiographError(`${file} is a damaged DICOM file: ${what}.`, {
    code: 'image-damaged',
    remedy: 'Copy or export the file again, or leave it out.',
    cause,
  });

/** Errors for a sound file that this package cannot decode. */
export const unsupportedDicom = (file: string, what: string, remedy: string) =>
  new RadiographError(`${file} is a DICOM file ${what}.`, { code: 'dicom-unsupported', remedy });
