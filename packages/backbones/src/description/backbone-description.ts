import type { FoldedNorm } from '../backbone/fold-batch-norms.js';

/** One operation of a backbone; `inputs` and `output` name values. */
export type BackboneStep = { inputs: readonly string[]; output: string } & (
  | ConvolutionStep
  | { operation: 'maxPool'; size: number; strides: number; padding: number }
  | { operation: 'add' | 'relu' | 'relu6' }
);

/** A convolution with the batch norm after it, which folding makes its bias. */
export interface ConvolutionStep {
  operation: 'convolutionAndNorm';
  /** As `foldBatchNorms` takes them. */
  fold: FoldedNorm;
  strides: number;
  /** Zeros on every side, or TensorFlow's SAME. */
  padding: number | 'same';
  depthwise: boolean;
}

/** The operations of a backbone in the order in which they run, for formats that other runtimes execute. */
export interface BackboneDescription {
  steps: readonly BackboneStep[];
  /** Names of the values that are its feature maps, highest resolution first. */
  maps: readonly string[];
}

/** Collects the steps of a backbone; every value is named after the module that gives it. */
export class BackboneDescriber {
  readonly steps: BackboneStep[] = [];

  constructor(
    /** Before the names of tensors and values, such as `encoder.`. */
    readonly prefix: string,
    readonly epsilon: number,
    readonly activation: 'relu' | 'relu6',
  ) {}

  convolution(
    x: string,
    { names, ...how }: Omit<ConvolutionStep, 'operation' | 'fold'> & { names: readonly [string, string] },
    isActivated = true,
  ): string {
    const [convolution, norm] = names.map((name) => this.prefix + name);
    const fold = { convolution, norm, epsilon: this.epsilon };
    const output = this.#add({ operation: 'convolutionAndNorm', inputs: [x], output: norm, fold, ...how });
    return isActivated ? this.activate(output) : output;
  }

  maxPool(x: string): string {
    return this.#add({
      operation: 'maxPool',
      inputs: [x],
      output: `${this.prefix}maxpool`,
      size: 3,
      strides: 2,
      padding: 1,
    });
  }

  add(a: string, b: string, name: string): string {
    return this.#add({ operation: 'add', inputs: [a, b], output: this.prefix + name });
  }

  activate(x: string): string {
    return this.#add({ operation: this.activation, inputs: [x], output: `${x}.activated` });
  }

  #add(step: BackboneStep): string {
    this.steps.push(step);
    return step.output;
  }
}
