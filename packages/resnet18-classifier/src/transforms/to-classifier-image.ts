import type { ClassifierImage } from '../data/classifier-sample.js';
import type { PixelImage } from './pixel-image.js';

/** Grey levels as float32 from 0 to 1, as `torchvision.transforms.ToTensor`, the channels still last. */
export const toClassifierImage = ({ data, ...size }: PixelImage): ClassifierImage => ({
  ...size,
  data: Float32Array.from(data, (value) => value / 255),
});
