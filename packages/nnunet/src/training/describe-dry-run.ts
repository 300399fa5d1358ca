import { formatDuration } from '@fractura/command-line';
import type { DryRun } from './dry-run.js';

/** What a training will take, in lines of text. */
export function describeDryRun(run: DryRun): string {
  const { measured, hours = 0, epochs, iterations } = run;
  const size = (gib: number) => `${gib.toFixed(1)} GiB`;
  const lines = [
    `Model: ${run.modelFolder}`,
    `Network: ${(run.parameters / 1e6).toFixed(1)} million parameters; patch ${run.patchSize.join(' x ')}, batch ${run.batchSize}`,
    `Cases: ${run.trainCases} to train on, ${run.validationCases} to validate on`,
    `Memory: about ${size(run.estimatedMemoryGiB)} by the plan; ${size(run.freeMemoryGiB)} are free`,
  ];
  if (!measured) {
    lines.push(
      'It will not fit: nothing was measured. Give a smaller --batch, or plan with --plan-for cpu or a smaller --gpu-memory-target.',
    );
    return lines.join('\n');
  }
  const wait =
    measured.batchSeconds > measured.trainingSeconds
      ? 'more than a step: use several --workers'
      : 'less than a step, and prepared meanwhile';
  lines.push(
    `Measured: ${measured.trainingSeconds.toFixed(2)} s a training step, ${measured.validationSeconds.toFixed(2)} s a validation step,`,
    `  ${size(measured.peakMemoryMiB / 1024)} at the peak with this program itself`,
    `Batches: ${measured.batchSeconds.toFixed(2)} s in one thread, ${wait}`,
    `Time: ${epochs} epochs of ${iterations} iterations take about ${formatDuration(hours * 3_600_000)}, checkpoints and the last validation not counted`,
  );
  return lines.join('\n');
}
