import { readFileSync } from 'node:fs';
import { buildUnet, type Unet } from '../../src/index.js';
import { readNpy } from './npy.js';

const folder = new URL('../fixtures/nets/', import.meta.url);

export interface NetworkVector {
  name: string;
  architecture: string;
  arch_kwargs: Record<string, unknown>;
  input_channels: number;
  num_classes: number;
  parameters_in_optimizer_order: { name: string; shape: number[]; offset: number }[];
  state_dict_keys: string[];
  state_dict_alias_of: Record<string, string>;
  parameters_without_gradient: string[];
  deep_supervision_scales: number[][];
  loss: number;
  training: { lr: number; loss_before: number }[];
  loss_after_3_steps: number;
}

/** One network of the golden vectors with its reference arrays. */
export function readNetworkVector(name: string) {
  const vector = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as NetworkVector;
  const array = (what: string) => readNpy(new URL(`${name}.${what}.npy`, folder));
  /** One flat array of all parameters as tensors by name, in the optimizer's order. */
  const tensors = (what: string): Map<string, { shape: number[]; data: Float32Array }> => {
    const { data } = array(what);
    return new Map(
      vector.parameters_in_optimizer_order.map(({ name: tensor, shape, offset }) => [
        tensor,
        { shape, data: data.slice(offset, offset + shape.reduce((product, extent) => product * extent, 1)) },
      ]),
    );
  };
  const build = (): Unet =>
    buildUnet({
      architecture: { network_class_name: vector.architecture, arch_kwargs: vector.arch_kwargs },
      inputChannels: vector.input_channels,
      outputChannels: vector.num_classes,
      weights: tensors('weights'),
    });
  return { vector, array, tensors, build };
}
