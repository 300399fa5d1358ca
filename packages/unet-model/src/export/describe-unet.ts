import type { UnetArchitecture } from '@fractura/nnunet-format';
import type { GraphStep, NetworkGraph } from './network-graph.js';

type Unnamed = GraphStep extends infer Step ? (Step extends GraphStep ? Omit<Step, 'output'> : never) : never;

/**
 * Describes a U-Net as a list of operations, for formats that other runtimes execute. Only the head at full resolution is
 * there; biases before an instance norm, which subtracts them, are left out.
 *
 * @see nnU-Net: dynamic_network_architectures/architectures/unet.py, PlainConvUNet and ResidualEncoderUNet
 */
export function describeUnet(architecture: UnetArchitecture, outputChannels: number): NetworkGraph {
  const builder = new GraphBuilder(architecture);
  const skips = architecture.encoder === 'residual' ? builder.residualEncoder() : builder.plainEncoder();
  builder.decoder(skips);
  const outputs = [{ name: 'logits', channels: outputChannels, shape: 'full' }] as const;
  return { spatialRank: architecture.spatialRank, steps: builder.steps, outputs, folds: [] };
}

class GraphBuilder {
  readonly steps: GraphStep[] = [];

  constructor(readonly architecture: UnetArchitecture) {}

  plainEncoder(): string[] {
    const { kernelSizes, strides, encoderDepths } = this.architecture;
    let x = 'input';
    return encoderDepths.map((depth, s) => {
      x = this.#stack(`encoder.stages.${s}.0`, x, { depth, kernelSize: kernelSizes[s], strides: strides[s] });
      return x;
    });
  }

  residualEncoder(): string[] {
    const { kernelSizes, strides, encoderDepths } = this.architecture;
    let x = this.#stack('encoder.stem', 'input', { depth: 1, kernelSize: kernelSizes[0], strides: this.#ones });
    return encoderDepths.map((depth, s) => {
      for (let b = 0; b < depth; b += 1) {
        x = this.#residualBlock(s, b, x, b > 0 ? this.#ones : strides[s]);
      }
      return x;
    });
  }

  decoder(skips: readonly string[]): void {
    const { strides, kernelSizes, decoderDepths, convolutionBias } = this.architecture;
    let x = skips.at(-1)!;
    decoderDepths.forEach((depth, d) => {
      const level = skips.length - 2 - d;
      const name = `decoder.transpconvs.${d}`;
      const up = this.#add(name, {
        operation: 'transposedConvolution',
        inputs: [x],
        kernel: `${name}.weight`,
        strides: strides[level + 1],
        bias: convolutionBias ? `${name}.bias` : undefined,
      });
      const both = this.#add(`decoder.concatenated.${d}`, { operation: 'concatenate', inputs: [up, skips[level]] });
      x = this.#stack(`decoder.stages.${d}`, both, { depth, kernelSize: kernelSizes[level], strides: this.#ones });
    });
    const head = `decoder.seg_layers.${decoderDepths.length - 1}`;
    this.#add('logits', {
      operation: 'convolution',
      inputs: [x],
      kernel: `${head}.weight`,
      bias: `${head}.bias`,
      strides: this.#ones,
      padding: this.#ones.map(() => 0),
    });
  }

  get #ones(): number[] {
    return Array.from({ length: this.architecture.spatialRank }, () => 1);
  }

  #stack(
    name: string,
    input: string,
    { depth, kernelSize, strides }: { depth: number; kernelSize: readonly number[]; strides: readonly number[] },
  ): string {
    let x = input;
    for (let c = 0; c < depth; c += 1) {
      x = this.#convBlock(`${name}.convs.${c}`, x, { kernelSize, strides: c > 0 ? this.#ones : strides });
    }
    return x;
  }

  #residualBlock(stage: number, block: number, x: string, strides: readonly number[]): string {
    const { features, kernelSizes } = this.architecture;
    const name = `encoder.stages.${stage}.blocks.${block}`;
    const kernelSize = kernelSizes[stage];
    const first = this.#convBlock(`${name}.conv1`, x, { kernelSize, strides });
    const second = this.#convBlock(`${name}.conv2`, first, { kernelSize, strides: this.#ones, activation: false });
    const strided = strides.some((stride) => stride !== 1);
    let skip = strided ? this.#add(`${name}.pooled`, { operation: 'averagePool', inputs: [x], size: strides }) : x;
    if (block === 0 && features[Math.max(stage - 1, 0)] !== features[stage]) {
      const how = { kernelSize: this.#ones, strides: this.#ones, activation: false };
      skip = this.#convBlock(`${name}.skip.${strided ? 1 : 0}`, skip, how);
    }
    return this.#activate(name, this.#add(`${name}.sum`, { operation: 'add', inputs: [second, skip] }));
  }

  #convBlock(
    name: string,
    x: string,
    {
      kernelSize,
      strides,
      activation = true,
    }: { kernelSize: readonly number[]; strides: readonly number[]; activation?: boolean },
  ): string {
    const { convolutionBias, nonlinFirst, normEpsilon: epsilon } = this.architecture;
    const convolved = this.#add(`${name}.conv`, {
      operation: 'convolution',
      inputs: [x],
      kernel: `${name}.conv.weight`,
      bias: nonlinFirst && convolutionBias ? `${name}.conv.bias` : undefined,
      strides,
      padding: kernelSize.map((k) => Math.floor((k - 1) / 2)),
    });
    const normalise = (input: string) =>
      this.#add(`${name}.norm`, {
        operation: 'instanceNorm',
        inputs: [input],
        scale: `${name}.norm.weight`,
        offset: `${name}.norm.bias`,
        epsilon,
      });
    if (nonlinFirst && activation) {
      return normalise(this.#activate(name, convolved));
    }
    return activation ? this.#activate(name, normalise(convolved)) : normalise(convolved);
  }

  #activate(name: string, x: string): string {
    return this.#add(`${name}.nonlin`, { operation: 'leakyRelu', inputs: [x], slope: this.architecture.negativeSlope });
  }

  #add(output: string, step: Unnamed): string {
    this.steps.push({ ...step, output });
    return output;
  }
}
