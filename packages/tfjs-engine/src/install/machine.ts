import { TfjsEngineError } from '../errors.js';
import { processorFlags } from '@fractura/tfjs-training/native';
import { cudaWheels, wheels, type Wheel } from './native-build.js';

/** What decides whether TensorFlow's library can run. */
export interface Machine {
  /** As `process.platform` and `process.arch` name them. */
  platform: string;
  arch: string;
  /** Version of the GNU C library; undefined with another one, such as Alpine's musl. */
  glibc: string | undefined;
  /** Whether the processor has AVX; undefined where that cannot be told. */
  avx: boolean | undefined;
}

const oldestGlibc = [2, 27];

/** This machine. */
export function thisMachine(): Machine {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const { platform, arch } = process;
  return {
    platform,
    arch,
    glibc: header.glibcVersionRuntime,
    avx: arch === 'x64' ? processorFlags()?.has('avx') : undefined,
  };
}

/** What the native engine computes on: the processor, or NVIDIA GPUs by CUDA 12. */
export type NativeDevice = 'cpu' | 'cuda';

/**
 * The wheels for a machine, TensorFlow's first.
 *
 * @throws TfjsEngineError `platform-unsupported` where TensorFlow has none, `musl`, `glibc-old`, `avx-missing`
 */
export function wheelsFor({ platform, arch, glibc, avx }: Machine, device: NativeDevice = 'cpu'): readonly Wheel[] {
  const wheel = wheels[`${platform} ${arch}`];
  if (wheel === undefined) {
    throw unsupported('platform-unsupported', `TensorFlow publishes no library for ${platform} on ${arch}`);
  }
  if (platform === 'linux') {
    const needed = `TensorFlow's library needs glibc ${oldestGlibc.join('.')} or newer`;
    if (glibc === undefined) {
      throw unsupported('musl', `this Linux has another C library than glibc, such as musl; ${needed}`);
    }
    const [major = 0, minor = 0] = glibc.split('.').map(Number);
    if (major * 1000 + minor < oldestGlibc[0] * 1000 + oldestGlibc[1]) {
      throw unsupported('glibc-old', `this machine has glibc ${glibc}; ${needed}`);
    }
  }
  if (avx === false) {
    throw unsupported('avx-missing', "this processor has no AVX instructions, and TensorFlow's library uses them");
  }
  if (device === 'cpu') {
    return [wheel];
  }
  if (platform === 'linux' && arch === 'x64') {
    return cudaWheels;
  }
  throw unsupported('platform-unsupported', `TensorFlow publishes no library for CUDA on ${platform} ${arch}`);
}

function unsupported(code: string, reason: string): TfjsEngineError {
  return new TfjsEngineError(`The native engine does not run here: ${reason}.`, {
    code,
    remedy: 'Use the engine "wasm", which needs nothing.',
  });
}
