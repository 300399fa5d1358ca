import { join } from 'node:path';
import { writeBeside } from '@fractura/array-files';
import type { TrainingLog } from '@fractura/unet-model';
import sharp from 'sharp';

/** One line of a panel. */
interface Line {
  name: string;
  values: readonly number[];
  colour: string;
  dotted?: boolean;
  /** Whether its values belong to the axis on the right. */
  right?: boolean;
}

interface Panel {
  left: string;
  right?: string;
  lines: readonly Line[];
  /** The left axis begins at 0. */
  fromZero?: boolean;
}

const [width, panelHeight] = [1200, 420];
const plot = { left: 110, right: width - 110, top: 50, bottom: panelHeight - 60 };
const colours = { blue: '#1f4fd8', red: '#d62020', green: '#158a2c', black: '#222222' };

/** Draws nnU-Net's `progress.png` of a fold: losses and pseudo Dice, duration of epochs, learning rate. */
export async function writeProgressPlot(folder: string, log: TrainingLog): Promise<void> {
  const png = await sharp(Buffer.from(drawProgress(log)))
    .png()
    .toBuffer();
  await writeBeside(join(folder, 'progress.png'), [png]);
}

/** The same as SVG. */
export function drawProgress(log: TrainingLog): string {
  const durations = log.epoch_end_timestamps.map((end, epoch) => end - log.epoch_start_timestamps[epoch]);
  const panels: Panel[] = [
    {
      left: 'loss',
      right: 'pseudo Dice',
      lines: [
        { name: 'loss_tr', values: log.train_losses, colour: colours.blue },
        { name: 'loss_val', values: log.val_losses, colour: colours.red },
        { name: 'pseudo dice', values: log.mean_fg_dice, colour: colours.green, dotted: true, right: true },
        { name: 'pseudo dice (mov. avg.)', values: log.ema_fg_dice, colour: colours.green, right: true },
      ],
    },
    {
      left: 'seconds',
      lines: [{ name: 'epoch duration', values: durations, colour: colours.black }],
      fromZero: true,
    },
    {
      left: 'learning rate',
      lines: [{ name: 'learning rate', values: log.lrs, colour: colours.black }],
    },
  ];
  const height = panels.length * panelHeight;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="16">
<rect width="${width}" height="${height}" fill="white"/>
${panels.map((panel, i) => `<g transform="translate(0 ${i * panelHeight})">${drawPanel(panel)}</g>`).join('\n')}
</svg>`;
}

function drawPanel({ left, right, lines, fromZero = false }: Panel): string {
  const epochs = Math.max(...lines.map(({ values }) => values.length), 1);
  const x = (epoch: number) => plot.left + (epoch / Math.max(epochs - 1, 1)) * (plot.right - plot.left);
  const leftAxis = axisOf(lines.filter((line) => !line.right), fromZero); // prettier-ignore
  const rightAxis = axisOf(lines.filter((line) => line.right), false); // prettier-ignore
  const label = (x: number, y: number, text: string, anchor: string) =>
    `<text x="${x}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#222222">${text}</text>`;
  const ticks = leftAxis.ticks.map(
    (value) =>
      `<line x1="${plot.left}" x2="${plot.right}" y1="${leftAxis.y(value)}" y2="${leftAxis.y(value)}" stroke="#dddddd"/>` +
      label(plot.left - 8, leftAxis.y(value) + 5, tickText(value), 'end'),
  );
  const rightTicks = right
    ? rightAxis.ticks.map((value) => label(plot.right + 8, rightAxis.y(value) + 5, tickText(value), 'start'))
    : [];
  const epochTicks = ticksOf(0, epochs - 1).filter(Number.isInteger);
  const curves = lines.map(({ values, colour, dotted, right: isRight }) => {
    const { y } = isRight ? rightAxis : leftAxis;
    const dash = dotted ? ' stroke-dasharray="3 6"' : '';
    const points = values.flatMap((value, epoch) =>
      Number.isFinite(value) ? [`${x(epoch).toFixed(1)},${y(value).toFixed(1)}`] : [],
    );
    const single =
      points.length === 1 ? `<circle cx="${points[0].replace(',', '" cy="')}" r="4" fill="${colour}"/>` : '';
    return `<polyline fill="none" stroke="${colour}" stroke-width="2.5"${dash} points="${points.join(' ')}"/>${single}`;
  });
  const legend = lines.map(
    ({ name, colour }, i) => `<text x="${plot.left + 230 * i}" y="${plot.top - 14}" fill="${colour}">${name}</text>`,
  );
  return [
    ...ticks,
    ...rightTicks,
    ...epochTicks.map((epoch) => label(x(epoch), plot.bottom + 22, String(epoch), 'middle')),
    label((plot.left + plot.right) / 2, plot.bottom + 46, 'epoch', 'middle'),
    `<text transform="translate(28 ${panelHeight / 2}) rotate(-90)" text-anchor="middle">${left}</text>`,
    right
      ? `<text transform="translate(${width - 22} ${panelHeight / 2}) rotate(90)" text-anchor="middle">${right}</text>`
      : '',
    `<rect x="${plot.left}" y="${plot.top}" width="${plot.right - plot.left}" height="${plot.bottom - plot.top}" fill="none" stroke="#666666"/>`,
    ...curves,
    ...legend,
  ].join('\n');
}

/** Range, ticks and position of the values of some lines. */
function axisOf(lines: readonly Line[], fromZero: boolean): { ticks: number[]; y: (value: number) => number } {
  const values = lines.flatMap((line) => line.values.filter(Number.isFinite));
  let low = fromZero ? 0 : Math.min(...values, ...(values.length ? [] : [0]));
  let high = Math.max(...values, ...(values.length ? [] : [1]));
  if (high - low < 1e-12) {
    [low, high] = [fromZero ? 0 : low - 0.5 * Math.abs(low || 1), high + 0.5 * Math.abs(high || 1)];
  }
  const margin = 0.04 * (high - low);
  const [bottom, top] = [fromZero ? 0 : low - margin, high + margin];
  return {
    ticks: ticksOf(bottom, top),
    y: (value) => plot.bottom - ((value - bottom) / (top - bottom)) * (plot.bottom - plot.top),
  };
}

/** About five round numbers within a range. */
function ticksOf(low: number, high: number): number[] {
  if (high <= low) {
    return [low];
  }
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough)! * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

const tickText = (value: number) => String(Number(value.toPrecision(4)));
