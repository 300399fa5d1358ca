/** What lists of commands show of `convert`; apart from the command, which imports much. */
export const heading = {
  name: 'convert',
  summary: 'Converts COCO images and annotations to a raw data set of nnU-Net.',
} as const;
