import { readStateDict, toFloat32, type Tensor as TorchTensor, type TensorInput } from '@fractura/torch-weights';
import { BackbonesError } from '../errors.js';
import { adaptInput } from './adapt-input.js';
import type { Resnet } from './build-resnet.js';
import { fromTorchLayout, isStateTensor, toTorchValues } from './state-scope.js';

/** Tensors under torchvision's names and in its layout (kernels `[out, in, height, width]`), as torch-weights reads them. */
export type WeightTensors = ReadonlyMap<string, TorchTensor>;

/** The whole `state_dict` of a network, in torchvision's order, ready for `writeSafetensors`. */
export async function saveWeights({ state }: Pick<Resnet, 'state'>): Promise<Map<string, TensorInput>> {
  const tensors = new Map<string, TensorInput>();
  for (const entry of state) {
    tensors.set(
      entry.name,
      isStateTensor(entry)
        ? { shape: entry.torchShape, data: await toTorchValues(entry.variable) }
        : { shape: [], data: BigInt64Array.of(BigInt(entry.count)) },
    );
  }
  return tensors;
}

export interface LoadWeightsOptions {
  /** Keep the network's own classifying layer (`fc`), for weights of a task with other classes. */
  keepHead?: boolean;
  /** Adapt the first kernel where the weights are for another number of input channels, as ImageNet's are for three. */
  adaptChannels?: boolean;
}

/**
 * Puts weights into a network by name; a leading `module.` is ignored, `num_batches_tracked` may be absent.
 *
 * @throws BackbonesError `weights-missing`, `weights-unexpected` or `weights-shape`, naming the tensor; the network is then
 * unchanged
 */
export function loadWeights(
  { state, depth, inputChannels }: Pick<Resnet, 'state' | 'depth' | 'inputChannels'>,
  tensors: WeightTensors,
  { keepHead = false, adaptChannels = false }: LoadWeightsOptions = {},
): void {
  const byName = new Map([...tensors].map(([name, tensor]) => [name.replace(/^module\./, ''), tensor]));
  const known = new Set(state.map(({ name }) => name));
  const unexpected = [...byName.keys()].find((name) => !known.has(name));
  if (unexpected !== undefined) {
    throw unfit('weights-unexpected', `The weights hold ${unexpected}, which a ResNet-${depth} has not`);
  }

  const wanted = state.filter(({ name }) => !(keepHead && name.startsWith('fc.')));
  const assignments = wanted.flatMap((entry) => {
    const given = byName.get(entry.name);
    const adapts = adaptChannels && entry.name === 'conv1.weight' && given?.shape.length === 4;
    const tensor = adapts ? adaptInput(given, inputChannels) : given;
    if (!isStateTensor(entry)) {
      return [() => void (entry.count = tensor ? Number(tensor.data[0]) : 0)];
    }
    if (!tensor) {
      throw unfit('weights-missing', `The weights have no tensor ${entry.name}, which a ResNet-${depth} needs`);
    }
    const { torchShape, variable } = entry;
    if (tensor.shape.join() !== torchShape.join()) {
      throw unfit(
        'weights-shape',
        `The weights' ${entry.name} has shape [${tensor.shape.join(', ')}]; the network needs [${torchShape.join(', ')}]`,
      );
    }
    const data = toFloat32(tensor);
    return [
      () => {
        const values = fromTorchLayout(data, torchShape);
        variable.assign(values);
        values.dispose();
      },
    ];
  });
  for (const assign of assignments) {
    assign();
  }
}

/**
 * Puts the weights of a `.pth` or `.safetensors` file into a network: torchvision's own files, and checkpoints that keep a
 * state dict under one of the usual keys.
 *
 * @throws BackbonesError as {@link loadWeights}
 * @throws TorchWeightsError what `readStateDict` of `@fractura/torch-weights` throws
 */
export async function loadWeightsFile(
  network: Pick<Resnet, 'state' | 'depth' | 'inputChannels'>,
  file: string,
  options: LoadWeightsOptions = {},
): Promise<void> {
  loadWeights(network, await readStateDict(file), options);
}

const unfit = (code: string, message: string) =>
  new BackbonesError(message, {
    code,
    remedy: "Use torchvision's weights of the same depth, input channels and classes, or keep the network's own head.",
  });
