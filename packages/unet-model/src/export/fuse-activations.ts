import type { GraphStep } from './network-graph.js';

/** A step of a network, where a convolution may end with the activation after it. */
export type FusedStep = GraphStep & { then?: 'relu' | 'relu6' };

/**
 * The same network with each activation as part of the convolution that it alone reads.
 *
 * @param kept values that must stay, whoever reads them: the network's outputs.
 */
export function fuseActivations(steps: readonly GraphStep[], kept: readonly string[]): FusedStep[] {
  const readers = new Map<string, GraphStep[]>();
  for (const step of steps) {
    for (const input of step.inputs) {
      readers.set(input, [...(readers.get(input) ?? []), step]);
    }
  }
  const fused: FusedStep[] = [];
  const gone = new Set<GraphStep>();
  for (const step of steps) {
    if (gone.has(step)) {
      continue;
    }
    const [next, ...others] = readers.get(step.output) ?? [];
    const isAlone = next !== undefined && others.length === 0 && !kept.includes(step.output);
    if (step.operation === 'convolution' && isAlone && (next.operation === 'relu' || next.operation === 'relu6')) {
      gone.add(next);
      fused.push({ ...step, output: next.output, then: next.operation });
    } else {
      fused.push(step);
    }
  }
  return fused;
}
