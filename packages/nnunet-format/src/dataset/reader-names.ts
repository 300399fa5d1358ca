import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/** nnU-Net's readers that this package stands in for. */
export const readerNames = [
  'NaturalImage2DIO',
  'SimpleITKIO',
  'SimpleITKIOWithReorient',
  'Tiff3DIO',
  'NibabelIO',
  'NibabelIOWithReorient',
] as const;
export type ReaderName = (typeof readerNames)[number];

/** Whether a reader gives its images the spacing of pictures: 999, 1, 1, written as whole numbers. */
export const hasPictureSpacing = (reader: string): boolean => {
  checkArguments({ reader }, { reader: rule.anyText }, NnunetFormatError);
  return reader === 'NaturalImage2DIO';
};
