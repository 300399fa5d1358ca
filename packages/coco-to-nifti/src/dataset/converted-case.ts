import type { Placement } from '@fractura/radiograph';
import type { CaseMapping } from './case-mapping.js';

/** An image that became a case. */
export interface ConvertedCase extends CaseMapping {
  set: 'train' | 'test';
  /** No annotation names the image: its label is empty because it shows nothing, not because something was lost. */
  normal: boolean;
  /** Annotations drawn. */
  instances: number;
  /** Pixels of the label that are not background. */
  foregroundPixels: number;
  /** Foreground pixels claimed by two different labels; the higher label has them. */
  overlappingPixels: number;
  /** Pixels of the upright image. */
  sourceWidth: number;
  sourceHeight: number;
  /** Pixels of the case. */
  width: number;
  height: number;
  /** Where the image lies in the case: all of it, but for letterboxed images. */
  place: Placement;
  /** EXIF orientation that was applied; 1 where there is none. */
  orientation: number;
  /** Millimetres between the case's pixels along x and y, in its NIfTI header; absent where they are not known of every image. */
  spacing?: [x: number, y: number];
}
