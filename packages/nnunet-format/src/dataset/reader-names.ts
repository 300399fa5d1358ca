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

/** Whether a reader takes pictures, whose spacing is 999, 1, 1 and written as whole numbers. */
export const readsPictures = (reader: string): boolean => reader === 'NaturalImage2DIO';
