import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkFileName, joinInside, makeFolder } from '@fractura/array-files';
import { readPlans, resolveConfiguration } from '@fractura/nnunet-format';
import {
  listPreprocessedCases,
  readDataset,
  readImage,
  readPreprocessedCase,
  readSegmentation,
} from '@fractura/nnunet-planner';
import { writeImage } from '@fractura/radiograph';
import { NnunetError } from '../errors.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { labelOverlay, type LabelledVolume } from './label-overlay.js';

/** Which cases to draw, and how. */
export interface PlotOverlaysOptions extends Reporting {
  /** A raw data set's folder, or a preprocessed one's with the plans and configuration it was preprocessed by. */
  source: { raw: string } | { preprocessed: string; plans: string; configuration?: string | undefined };
  /** Folder for `CASE.png`. */
  output: string;
  /** The channel that is shown, from 0. Default 0. */
  channel?: number;
  /** How bright the labels are. Default 0.6. */
  intensity?: number;
  /** What `$NAME` stands for in the paths of dataset.json. */
  variables?: Readonly<Record<string, string | undefined>>;
}

/**
 * Draws the training cases of a data set, each the slice with the most foreground, its labels in colour. Spacing plays no part.
 *
 * @returns the names of the cases.
 * @throws NnunetError `channel-missing`, `shape-mismatch`, `not-preprocessed`, `overlay-options-invalid`; what the reading of
 *   data sets, plans and images throws.
 * @see nnU-Net: nnunetv2/utilities/overlay_plots.py, generate_overlays_from_raw and generate_overlays_from_preprocessed
 */
export async function plotOverlays(options: PlotOverlaysOptions): Promise<string[]> {
  const { source, output, channel = 0, intensity = 0.6 } = options;
  const { progress, signal } = completeReporting(options);
  checkNumbers(channel, intensity);
  const cases = 'raw' in source ? await rawCases(source.raw, options) : await preprocessedCases(source);
  await makeFolder(output);
  const task = progress('Drawing');
  for (const [done, { id, read }] of cases.entries()) {
    signal.throwIfAborted();
    task.update({ done, total: cases.length, note: id });
    const name = `${checkFileName(id, { of: 'The name of a case' })}.png`;
    const { data, width, height } = labelOverlay(await read(channel), intensity);
    await writeImage(joinInside(output, name), { data, shape: [height, width, 3] }, { signal, links: 'replace' });
  }
  task.finish();
  return cases.map(({ id }) => id);
}

function checkNumbers(channel: number, intensity: number): void {
  const wrong = [
    {
      name: 'channel',
      value: channel,
      right: Number.isSafeInteger(channel) && channel >= 0,
      wanted: 'a whole number from 0 on',
    },
    {
      name: 'intensity',
      value: intensity,
      right: Number.isFinite(intensity) && intensity >= 0,
      wanted: 'a number from 0 on',
    },
  ].find(({ right }) => !right);
  if (wrong !== undefined) {
    throw new NnunetError(`The ${wrong.name} is ${wrong.value}.`, {
      code: 'overlay-options-invalid',
      remedy: `It is ${wrong.wanted}.`,
    });
  }
}

interface CaseToPlot {
  id: string;
  read: (channel: number) => Promise<LabelledVolume>;
}

async function rawCases(folder: string, { variables }: PlotOverlaysOptions): Promise<CaseToPlot[]> {
  const { cases, reader } = await readDataset(folder, variables && { variables });
  return cases.map(({ id, images, label }) => ({
    id,
    read: async (channel) => {
      const image = await readImage(images, { reader });
      const labels = await readSegmentation(label, { reader });
      if (image.shape.slice(1).join() !== labels.shape.slice(1).join()) {
        const [drawn, found] = [image, labels].map(({ shape }) => shape.slice(1).join(' x '));
        throw new NnunetError(`${label} has ${found} voxels (z, y, x), ${images[0]} has ${drawn}.`, {
          code: 'shape-mismatch',
          remedy: 'Image and labels must lie on the same grid.',
        });
      }
      return channelOf(id, channel, { data: image.data, shape: image.shape, labels: labels.data });
    },
  }));
}

async function preprocessedCases(source: {
  preprocessed: string;
  plans: string;
  configuration?: string | undefined;
}): Promise<CaseToPlot[]> {
  const { preprocessed, plans: name } = source;
  const plans = await readPlans(join(preprocessed, `${checkFileName(name, { of: 'The name of the plans' })}.json`));
  const configuration = source.configuration ?? ('3d_fullres' in plans.configurations ? '3d_fullres' : '2d');
  const folder = joinInside(preprocessed, resolveConfiguration(plans, configuration).data_identifier);
  const ids = existsSync(folder) ? await listPreprocessedCases(folder) : [];
  if (ids.length === 0) {
    throw new NnunetError(`${folder} holds no cases that Fractura preprocessed.`, {
      code: 'not-preprocessed',
      remedy: `Run preprocess for ${configuration} first, or draw the raw images with --use-raw.`,
    });
  }
  return ids.map((id) => ({
    id,
    read: async (channel) => {
      const { data, shape, segmentation } = await readPreprocessedCase(folder, id);
      // Outside of the non-zero mask the labels are -1.
      return channelOf(id, channel, { data, shape, labels: segmentation.map((label) => Math.max(0, label)) });
    },
  }));
}

function channelOf(
  id: string,
  channel: number,
  { data, shape, labels }: { data: Float32Array; shape: readonly number[]; labels: ArrayLike<number> },
): LabelledVolume {
  const [channels, ...grid] = shape;
  if (channel >= channels) {
    throw new NnunetError(
      `${id} has ${channels} ${channels === 1 ? 'channel' : 'channels'}; there is no channel ${channel}.`,
      {
        code: 'channel-missing',
        remedy: 'Channels are numbered from 0.',
      },
    );
  }
  const voxels = data.length / channels;
  const image = data.subarray(channel * voxels, (channel + 1) * voxels);
  return { image, labels, shape: grid as [number, number, number] };
}
