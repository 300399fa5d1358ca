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
export const hasPictureSpacing = (reader: string): boolean => reader === 'NaturalImage2DIO';
