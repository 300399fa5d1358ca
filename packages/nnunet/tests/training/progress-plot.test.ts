import { expect, test } from '@jest/globals';
import { drawProgress } from '../../src/training/progress-plot.js';

test('the plot has three panels, leaves out what is no number, and shows a single epoch as a dot', () => {
  const log = {
    mean_fg_dice: [NaN],
    ema_fg_dice: [NaN],
    dice_per_class_or_region: [[NaN]],
    train_losses: [0.5],
    val_losses: [0.4],
    lrs: [0.01],
    epoch_start_timestamps: [10],
    epoch_end_timestamps: [12],
  };
  const svg = drawProgress(log);
  expect(svg.match(/<g transform/g)).toHaveLength(3);
  expect(svg).not.toContain('NaN');
  expect(svg.match(/<circle/g)).toHaveLength(4);
});
