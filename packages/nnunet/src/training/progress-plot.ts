import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import { html, lineChart, type AxisOptions, type Line } from '@fractura/html-page';
import { svgToPng } from '@fractura/radiograph';
import type { TrainingLog } from '@fractura/unet-model';

/** One of the charts below one another. */
interface Panel {
  y: AxisOptions;
  right?: AxisOptions;
  lines: readonly Line[];
}

const [width, panelHeight] = [1200, 420];
const colours = { blue: '#1f4fd8', red: '#d62020', green: '#158a2c', black: '#222222' };

/**
 * Draws nnU-Net's `progress.png` of a fold: losses and pseudo Dice, duration of epochs, learning rate.
 *
 * @see nnU-Net: nnunetv2/training/logging/nnunet_logger.py, plot_progress_png
 */
export async function writeProgressPlot(folder: string, log: TrainingLog): Promise<void> {
  await writeFileBeside(join(folder, 'progress.png'), await svgToPng(drawProgress(log)));
}

/** The same as SVG. */
export function drawProgress(log: TrainingLog): string {
  const durations = log.epoch_end_timestamps.map((end, epoch) => end - log.epoch_start_timestamps[epoch]);
  const panels: Panel[] = [
    {
      y: { label: 'loss' },
      right: { label: 'pseudo Dice' },
      lines: [
        { name: 'loss_tr', points: byEpoch(log.train_losses), colour: colours.blue },
        { name: 'loss_val', points: byEpoch(log.val_losses), colour: colours.red },
        { name: 'pseudo dice', points: byEpoch(log.mean_fg_dice), colour: colours.green, dashed: true, side: 'right' },
        { name: 'pseudo dice (mov. avg.)', points: byEpoch(log.ema_fg_dice), colour: colours.green, side: 'right' },
      ],
    },
    {
      y: { label: 'seconds', includeZero: true },
      lines: [{ name: 'epoch duration', points: byEpoch(durations), colour: colours.black }],
    },
    {
      y: { label: 'learning rate' },
      lines: [{ name: 'learning rate', points: byEpoch(log.lrs), colour: colours.black }],
    },
  ];
  const height = panels.length * panelHeight;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="white" />
    ${panels.map((panel, row) => html`<g transform="translate(0 ${row * panelHeight})">${drawPanel(panel)}</g>`)}
  </svg>`.text;
}

const drawPanel = ({ y, right, lines }: Panel) =>
  lineChart(lines, {
    title: y.label,
    x: { label: 'epoch', whole: true },
    y,
    right,
    legend: true,
    width,
    height: panelHeight,
    fontSize: 16,
    strokeWidth: 2.5,
  });

const byEpoch = (values: readonly number[]) => values.map((value, epoch) => [epoch, value] as const);
