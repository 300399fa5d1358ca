import { findInstalledTensorflow, sizeOfInstalled, type InstalledTensorflow } from './installed-tensorflow.js';
import type { NativeDevice } from './machine.js';
import type { PinnedPackage, Wheel } from './native-build.js';

/** Where the library is taken from, and what that costs. */
export interface InstallPlan {
  wheels: readonly Wheel[];
  /** Set when Python's own TensorFlow is taken instead of the wheels. */
  installed: InstalledTensorflow | undefined;
  version: string;
  device: NativeDevice;
  source: string;
  /** In 1e6 bytes. */
  downloadMb: number;
  /** In 1e6 bytes. */
  keptMb: number;
  /** What will be done, one line each. */
  lines: string[];
}

/** What the plan depends on. */
export interface PlanOptions {
  binding: PinnedPackage;
  /** Asked only when a wheel is needed: an installed TensorFlow may run where none is pinned for. */
  wheels: () => readonly Wheel[];
  folder: string;
  device: NativeDevice;
  wheel: string | undefined;
  package: string | undefined;
  installed: boolean;
  signal: AbortSignal | undefined;
}

/** Says what will be fetched, from where, and how large it is. */
export async function planInstall({ folder, device, wheel, signal, ...options }: PlanOptions): Promise<InstallPlan> {
  const { binding } = options;
  const installed = options.installed ? await findInstalledTensorflow('python3', signal) : undefined;
  const wheels = installed ? [] : options.wheels();
  const fetched = wheel === undefined ? wheels : wheels.slice(1);
  const downloadMb = sum(fetched.map((one) => one.downloadMb));
  const keptMb = installed ? await sizeOfInstalled(installed, device) : sum(wheels.map((one) => one.installedMb));
  const version = installed?.version ?? wheels[0].version;
  const source = installed?.folder ?? wheel ?? `${wheels[0].project} ${version}`;
  const others = wheels.length > 1 ? ` and ${wheels.length - 1} wheels of NVIDIA` : '';
  const lines = [
    options.package === undefined
      ? `Fetch ${binding.name} ${binding.version} with npm, its install script off (0.3 MB).`
      : `Check ${options.package}.`,
    ...(installed ? [`Copy TensorFlow ${version} from ${source}.`] : []),
    ...(installed && device === 'cuda' ? ["Copy NVIDIA's libraries that lie beside it."] : []),
    ...(!installed && wheel !== undefined ? [`Check ${wheel}.`] : []),
    ...(fetched.length > 0 ? [`Fetch ${source}${others} with pip (${downloadMb} MB), SHA-256 checked.`] : []),
    `Keep its C library in ${folder} (${keptMb} MB); what was fetched is removed.`,
    'Compile the binding with the C++ compiler (10 s) and try it.',
  ];
  return { wheels, installed, version, device, source, downloadMb, keptMb, lines };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
