import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CocoAnnotation } from '@fractura/coco';
import { FracturaError } from '@fractura/errors';
import {
  padToFrame,
  placeInFrame,
  readRadiograph,
  type DamagePolicy,
  type ImageFit,
  type Placement,
  type Radiograph,
  type TargetSize,
} from '@fractura/radiograph';
import { annotationFrame } from '../images/annotation-frame.js';
import type { ConvertedCase } from './converted-case.js';
import { pathsOfCase, type DatasetFormat } from './dataset-folder.js';
import { drawLabel } from './draw-label.js';
import type { PlannedCase } from './plan-cases.js';
import type { LabelPlan } from './plan-labels.js';
import { writePlane } from './write-plane.js';

/** What became of one image. */
export interface CaseResult {
  converted?: ConvertedCase;
  skipped?: { file: string; reason: string };
  salvaged?: { file: string; reason: string }[];
  /** What is to be said of the image, in sentences. */
  warnings?: { file: string; sentence: string }[];
  clippedPolygons?: { file: string; annotationId: number }[];
  leftOutAnnotations?: { file: string; annotationId: number; reason: string }[];
}

/** What all cases share. */
export interface CaseContext {
  folder: string;
  fileEnding: string;
  format: DatasetFormat;
  /** From a COCO file name to the path of the image. */
  pathOf: (file: string) => string;
  size: TargetSize;
  fit: ImageFit;
  rasterAt: 'target' | 'full';
  labelPlan: LabelPlan;
  /** Why outlines cannot be drawn, where the COCO file is at fault. */
  outlineFlaws: ReadonlyMap<CocoAnnotation, string>;
  crowds: 'draw' | 'ignore' | 'leave-out';
  damaged: DamagePolicy;
  /** Whether the spacing of pixels goes into headers: all images tell theirs. */
  spaced: boolean;
  /** Which of several windows of DICOM files. */
  window: number | undefined;
  signal: AbortSignal | undefined;
}

/** Codes of failures that concern one image alone, which may be skipped. */
const imageFailures = new Set([
  'image-missing',
  'image-ambiguous',
  'image-unreadable',
  'image-damaged',
  'size-mismatch',
  'annotation-invalid',
  'dicom-without-pixels',
  'dicom-unsupported',
  'window-missing',
]);

/** Millimetres between the pixels of a case, whose image was scaled. */
function spacingOfCase(
  { pixelSpacing, sourceWidth, sourceHeight }: Radiograph,
  place: Placement,
): [x: number, y: number] | undefined {
  if (pixelSpacing === undefined) {
    return undefined;
  }
  const { row, column } = pixelSpacing;
  return [(column * sourceWidth) / place.width, (row * sourceHeight) / place.height];
}

function warningsOf(file: string, { warnings, pixelSpacing }: Radiograph, { spaced, format }: CaseContext) {
  const leftOut = pixelSpacing !== undefined && !spaced && format !== 'png';
  const sentences = leftOut
    ? [...warnings, `The spacing of the pixels of ${file} is left out, as not all images tell theirs.`]
    : warnings;
  return sentences.map((sentence) => ({ file, sentence }));
}

/** Converts one image and its annotations, or says why it was skipped. */
export async function convertCase(
  planned: PlannedCase,
  annotations: readonly CocoAnnotation[],
  context: CaseContext,
): Promise<CaseResult> {
  const paths = pathsOfCase(planned, context.fileEnding);
  try {
    return await convertImage(planned, annotations, context, paths);
  } catch (error) {
    const skippable = FracturaError.isInstance(error) && imageFailures.has(error.code);
    if (!skippable || context.damaged === 'error') {
      throw error;
    }
    await Promise.all(Object.values(paths).map((path) => rm(join(context.folder, path), { force: true })));
    return { skipped: { file: planned.image.file_name, reason: error.message } };
  }
}

async function convertImage(
  { case: name, image, path, set }: PlannedCase,
  annotations: readonly CocoAnnotation[],
  context: CaseContext,
  paths: { image: string; label: string },
): Promise<CaseResult> {
  const { folder, format, pathOf, size, fit, rasterAt, labelPlan, outlineFlaws, crowds, damaged, signal } = context;
  const { file_name: file, id: imageId } = image;
  const lenient = damaged === 'salvage';
  const radiograph = await readRadiograph(path ?? pathOf(file), {
    size,
    fit,
    damaged: lenient ? 'salvage' : 'error',
    window: context.window,
  });
  const { data, width, height, sourceWidth, sourceHeight, orientation, damage } = radiograph;
  const frame = annotationFrame(image, radiograph, { lenient });
  const { labelOfCategory, ignoreLabel } = labelPlan;
  const frameOfCase = { width, height };
  const place = placeInFrame({ width: sourceWidth, height: sourceHeight }, frameOfCase, fit);
  const spacing = context.spaced ? spacingOfCase(radiograph, place) : undefined;
  const label = drawLabel(annotations, {
    frame,
    target: place,
    rasterAt,
    labelOfCategory,
    outlineFlaws,
    crowds,
    ignoreLabel,
    lenient,
  });
  await Promise.all([
    writePlane(join(folder, paths.image), { data, ...frameOfCase, spacing }, { format, signal }),
    writePlane(
      join(folder, paths.label),
      { data: padToFrame(label.data, place, frameOfCase), ...frameOfCase, spacing },
      { format, signal },
    ),
  ]);

  const salvaged = damage === undefined ? [] : [{ file, reason: damage }];
  if (frame.copied) {
    salvaged.push({
      file,
      reason: `annotated at ${frame.width} x ${frame.height} pixels, the image is ${sourceWidth} x ${sourceHeight}`,
    });
  }
  const { instances, foregroundPixels, overlappingPixels } = label;
  return {
    converted: {
      case: name,
      file,
      imageId,
      set,
      normal: annotations.length === 0,
      instances,
      foregroundPixels,
      overlappingPixels,
      sourceWidth,
      sourceHeight,
      width,
      height,
      place,
      orientation,
      spacing,
    },
    salvaged,
    warnings: warningsOf(file, radiograph, context),
    clippedPolygons: label.clipped.map((annotationId) => ({ file, annotationId })),
    leftOutAnnotations: label.leftOut.map((annotation) => ({ file, ...annotation })),
  };
}
