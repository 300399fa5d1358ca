import { inSequence, type Parameter, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { Backbone, FeatureStage } from './backbone.js';

/** A part of the network; in training, batch norms use and follow the batch's statistics. */
export type Layer = (x: Tensor, training: boolean, beside?: BesideLayer) => Tensor;

/** What a convolution and its norm take beside their input, at most one of both. */
export interface BesideLayer {
  /** Added to what comes out: a skip connection. */
  plus?: Tensor;
  /** A map of half the size, of which each position becomes two by two, whose channels come before the input's. */
  deeper?: Tensor;
}

/** What leads from one feature map to the next. */
export interface Stage extends FeatureStage {
  readonly layers: readonly Layer[];
  readonly parameters: readonly Parameter[];
}

/** A stage of the layers that `build` makes in the scope, one after the other. */
export function buildStage(scope: ParameterScope, { stride, channels }: FeatureStage, build: () => Layer[]): Stage {
  const before = scope.parameters.length;
  const layers = build();
  return { stride, channels, layers, parameters: scope.parameters.slice(before) };
}

/** The backbone of these stages, highest resolution first. */
export function backboneOf(stages: readonly Stage[]): Backbone {
  const steps = ({ layers, stride }: Stage, training: boolean, frozenStride: number) =>
    layers.map((layer) => (x: Tensor) => layer(x, training && stride > frozenStride));
  return {
    stages: stages.map(({ stride, channels }) => ({ stride, channels })),
    features: (x, { training = false, frozenStride = 0 } = {}) => {
      const maps: Tensor[] = [];
      for (const stage of stages) {
        maps.push(inSequence(maps.at(-1) ?? x, steps(stage, training, frozenStride)));
      }
      return maps;
    },
    lastFeatures: (x, { training = false, frozenStride = 0 } = {}) =>
      inSequence(
        x,
        stages.flatMap((stage) => steps(stage, training, frozenStride)),
      ),
    lastFeaturesAfter: (map, after) =>
      inSequence(
        map,
        stages.filter(({ stride }) => stride > after).flatMap((stage) => steps(stage, false, 0)),
      ),
    parametersDownTo: (wanted) =>
      stages.filter(({ stride }) => stride <= wanted).flatMap(({ parameters }) => parameters),
  };
}
