import type { Tensor } from '@tensorflow/tfjs';
import { UnetModelError } from '../errors.js';
import type { Unet } from './build-unet.js';
import { fromTorchLayout, toTorchLayout, type Initialiser } from './parameter.js';

/** A tensor as PyTorch's `state_dict` holds it: float32, C order, kernels `[out, in, ...]`. */
export interface NamedTensor {
  name: string;
  shape: readonly number[];
  data: Float32Array;
}

/** The weights of a network under nnU-Net's names, each once, in optimizer order. */
export async function saveTensors({ parameters }: Pick<Unet, 'parameters'>): Promise<NamedTensor[]> {
  return Promise.all(
    parameters.map(async ({ name, torchShape, variable }) => ({
      name,
      shape: torchShape,
      data: await toTorchValues(variable),
    })),
  );
}

export interface LoadTensorsOptions {
  /** Keep the network's own segmentation heads, as nnU-Net does with pretrained weights of another task. */
  keepHeads?: boolean;
}

/**
 * Puts weights into a network by name. Other names, such as the aliases in nnU-Net's checkpoints, are passed over; a
 * leading `module.` is ignored.
 *
 * @throws UnetModelError `weights-missing` or `weights-shape`, naming the tensor; the network is then unchanged
 */
export function loadTensors(
  { parameters }: Pick<Unet, 'parameters'>,
  tensors: Iterable<NamedTensor>,
  { keepHeads = false }: LoadTensorsOptions = {},
): void {
  const named = tensorsByName(tensors);
  const wanted = parameters.filter(({ name }) => !(keepHeads && name.includes('.seg_layers.')));
  const found = wanted.map(({ name, torchShape, variable }) => ({
    variable,
    torchShape,
    tensor: fittingTensor(named, name, torchShape),
  }));
  for (const { variable, tensor, torchShape } of found) {
    const values = fromTorchLayout(tensor.data, torchShape);
    variable.assign(values);
    values.dispose();
  }
}

/** Gives a network these weights from the start, as {@link loadTensors} puts them in later. */
export function givenTensors(tensors: Iterable<NamedTensor>): Initialiser {
  const named = tensorsByName(tensors);
  return ({ name, torchShape }) => fittingTensor(named, name, torchShape).data;
}

const tensorsByName = (tensors: Iterable<NamedTensor>): Map<string, NamedTensor> =>
  new Map(Array.from(tensors, (tensor) => [tensor.name.replace(/^module\./, ''), tensor]));

/** @throws UnetModelError `weights-missing`, `weights-shape` */
function fittingTensor(
  tensors: ReadonlyMap<string, NamedTensor>,
  name: string,
  torchShape: readonly number[],
): NamedTensor {
  const remedy = 'Use weights of the same architecture, or the plan they were trained with.';
  const tensor = tensors.get(name);
  if (!tensor) {
    throw new UnetModelError(`The weights have no tensor ${name}.`, { code: 'weights-missing', remedy });
  }
  if (tensor.shape.join() === torchShape.join()) {
    return tensor;
  }
  throw new UnetModelError(
    `The weights' ${name} has shape [${tensor.shape.join(', ')}]; the plan's network needs [${torchShape.join(', ')}].`,
    { code: 'weights-shape', remedy },
  );
}

/** The values of a tensor in TensorFlow's layout, in PyTorch's. */
export async function toTorchValues(tensor: Tensor): Promise<Float32Array> {
  const torch = toTorchLayout(tensor);
  const values = (await torch.data()) as Float32Array;
  torch.dispose();
  return values;
}

/**
 * All names under which nnU-Net's `state_dict` holds these tensors, in its order: every conv block again as
 * `all_modules.0` and `all_modules.1`, and the whole encoder again within the decoder. PyTorch loads strictly, so a
 * checkpoint for it needs them all.
 *
 * @returns pairs of the name in the `state_dict` and the tensor it stands for
 * @see reference/nnunet-v2/behaviour.md, section 6.5
 */
export function stateDictNames(names: readonly string[]): { name: string; tensor: string }[] {
  const encoder = blockNames(names.filter((name) => name.startsWith('encoder.')));
  const decoder = blockNames(names.filter((name) => name.startsWith('decoder.')));
  return [...encoder, ...encoder.map(({ name, tensor }) => ({ name: `decoder.${name}`, tensor })), ...decoder];
}

/** Follows each conv block's own names with its aliases. */
function blockNames(names: readonly string[]): { name: string; tensor: string }[] {
  const blocks = new Map<string, string[]>();
  for (const name of names) {
    const block = /^(.*)\.(?:conv|norm)\.(?:weight|bias)$/.exec(name)?.[1] ?? name;
    blocks.set(block, [...(blocks.get(block) ?? []), name]);
  }
  return [...blocks].flatMap(([block, members]) => {
    const own = members.map((name) => ({ name, tensor: name }));
    const aliases = members
      .filter((name) => name !== block)
      .map((name) => ({
        name: `${block}.all_modules.${name
          .slice(block.length + 1)
          .replace('conv.', '0.')
          .replace('norm.', '1.')}`,
        tensor: name,
      }));
    return [...own, ...aliases];
  });
}
