import { TfjsTrainingError } from '../errors.js';
import { isCounter, type NetworkState, type Parameter, type RunningStatistic } from './network-state.js';
import type { Initialiser } from './parameter-scope.js';
import { fromTorchLayout, toTorchValues } from './torch-layout.js';

/** A tensor as PyTorch's `state_dict` holds it: C order, kernels `[out, in, ...spatial]`; counters are int64. */
export interface StateTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** Tensors under the names of a PyTorch `state_dict`. */
export type StateDict = ReadonlyMap<string, StateTensor>;

/** The whole `state_dict` of a network, in its order. */
export async function saveState({ state }: NetworkState): Promise<Map<string, StateTensor>> {
  const tensors = new Map<string, StateTensor>();
  for (const entry of state) {
    const tensor = isCounter(entry)
      ? { shape: [], data: BigInt64Array.of(BigInt(entry.count)) }
      : { shape: entry.torchShape, data: await toTorchValues(entry.variable) };
    tensors.set(entry.name, tensor);
  }
  return tensors;
}

export interface LoadStateOptions {
  /** Names of entries that keep the network's own values, such as the head's; the tensors may lack them or have other shapes. */
  keep?: (name: string) => boolean;
  /** Ignore tensors that the network does not have, such as the aliases in nnU-Net's checkpoints. Default: they are refused. */
  ignoreOthers?: boolean;
}

/**
 * Puts tensors into a network by name. A leading `module.`, as parallel training leaves it, is ignored; counters may be absent.
 *
 * @throws TfjsTrainingError `weights-missing`, `weights-shape` or `weights-unexpected`, naming the tensor; the network is then
 *   unchanged
 */
export function loadState(
  { state }: NetworkState,
  tensors: StateDict,
  { keep = () => false, ignoreOthers = false }: LoadStateOptions = {},
): void {
  const given = withoutModulePrefix(tensors);
  if (!ignoreOthers) {
    refuseOthers(new Set(state.map(({ name }) => name)), given);
  }
  const assignments = state
    .filter(({ name }) => !keep(name))
    .map((entry) => {
      if (isCounter(entry)) {
        const count = Number(given.get(entry.name)?.data[0] ?? 0);
        return () => {
          entry.count = count;
        };
      }
      const data = valuesFor(entry, given);
      return () => {
        assign(entry, data);
      };
    });
  for (const assignment of assignments) {
    assignment();
  }
}

/**
 * Gives a network these tensors while it is built, as {@link loadState} puts them in later. Tensors that the network does not
 * have are ignored. The initialiser throws TfjsTrainingError `weights-missing` or `weights-shape`, naming the tensor.
 */
export function initialiserFrom(tensors: StateDict): Initialiser {
  const given = withoutModulePrefix(tensors);
  return (tensor) => valuesFor(tensor, given);
}

const withoutModulePrefix = (tensors: StateDict): StateDict =>
  new Map([...tensors].map(([name, tensor]) => [name.replace(/^module\./, ''), tensor]));

const remedy = 'Use weights that were trained with this architecture and these numbers of input channels and classes.';

/** @throws TfjsTrainingError `weights-unexpected` */
function refuseOthers(known: ReadonlySet<string>, given: StateDict): void {
  const other = [...given.keys()].find((name) => !known.has(name));
  if (other !== undefined) {
    throw new TfjsTrainingError(`The weights have a tensor ${other} that the network does not have.`, {
      code: 'weights-unexpected',
      remedy,
    });
  }
}

/** @throws TfjsTrainingError `weights-missing`, `weights-shape` */
function valuesFor(
  { name, torchShape }: { name: string; torchShape: readonly number[] },
  given: StateDict,
): Float32Array {
  const tensor = given.get(name);
  if (!tensor) {
    throw new TfjsTrainingError(`The weights have no tensor ${name}.`, { code: 'weights-missing', remedy });
  }
  const { shape, data } = tensor;
  if (shape.join() !== torchShape.join()) {
    throw new TfjsTrainingError(
      `The weights' ${name} has shape [${shape.join(', ')}]; the network needs [${torchShape.join(', ')}].`,
      { code: 'weights-shape', remedy },
    );
  }
  return data instanceof Float32Array ? data : Float32Array.from(data, Number);
}

function assign({ variable, torchShape }: Parameter | RunningStatistic, data: Float32Array): void {
  const values = fromTorchLayout(data, torchShape);
  variable.assign(values);
  values.dispose();
}
