/** Attributes that are read, by their keywords (PS3.6), as dicom-parser writes their tags. */
const tags = {
  TransferSyntaxUID: 'x00020010',
  ImagerPixelSpacing: 'x00181164',
  SamplesPerPixel: 'x00280002',
  PhotometricInterpretation: 'x00280004',
  PlanarConfiguration: 'x00280006',
  NumberOfFrames: 'x00280008',
  Rows: 'x00280010',
  Columns: 'x00280011',
  PixelSpacing: 'x00280030',
  BitsAllocated: 'x00280100',
  BitsStored: 'x00280101',
  HighBit: 'x00280102',
  PixelRepresentation: 'x00280103',
  PixelPaddingValue: 'x00280120',
  WindowCenter: 'x00281050',
  WindowWidth: 'x00281051',
  RescaleIntercept: 'x00281052',
  RescaleSlope: 'x00281053',
  VOILUTFunction: 'x00281056',
  RedPaletteColorLookupTableDescriptor: 'x00281101',
  GreenPaletteColorLookupTableDescriptor: 'x00281102',
  BluePaletteColorLookupTableDescriptor: 'x00281103',
  RedPaletteColorLookupTableData: 'x00281201',
  GreenPaletteColorLookupTableData: 'x00281202',
  BluePaletteColorLookupTableData: 'x00281203',
  ModalityLUTSequence: 'x00283000',
  LUTDescriptor: 'x00283002',
  LUTData: 'x00283006',
  VOILUTSequence: 'x00283010',
  PixelMeasuresSequence: 'x00289110',
  FrameVOILUTSequence: 'x00289132',
  PixelValueTransformationSequence: 'x00289145',
  PresentationLUTShape: 'x20500020',
  SharedFunctionalGroupsSequence: 'x52009229',
  PerFrameFunctionalGroupsSequence: 'x52009230',
  FloatPixelData: 'x7fe00008',
  DoubleFloatPixelData: 'x7fe00009',
  PixelData: 'x7fe00010',
} as const;

/** Keyword of an attribute. */
export type Keyword = keyof typeof tags;

/** The tag of an attribute as dicom-parser writes it. */
export const tagOf = (keyword: Keyword): string => tags[keyword];

/** An attribute as messages name it: `(0028,0010) Rows`. */
export const nameOf = (keyword: Keyword): string => {
  const tag = tags[keyword].toUpperCase();
  return `(${tag.slice(1, 5)},${tag.slice(5)}) ${keyword}`;
};
