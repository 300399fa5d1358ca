import { TfjsEngineError } from '../errors.js';

/** The wheel of TensorFlow that libtensorflow is taken from. */
export interface Wheel {
  /** As pip names it. */
  project: string;
  version: string;
  /** pip's platform tag. */
  platform: string;
  sha256: string;
  /** Of the wheel, in 1e6 bytes. */
  downloadMb: number;
  /** Of what stays on the disk, in 1e6 bytes. */
  installedMb: number;
}

/** The npm package whose binding is built against it. */
export const bindingPackage = {
  name: '@tensorflow/tfjs-node-gpu',
  version: '4.22.0',
  integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
} as const;

/** pip is told this Python version, whatever the user's own is: only the C library of the wheel is used. */
export const wheelPython = '3.11';

const version = '2.21.0';
const wheels: Record<string, Wheel> = {
  'linux x64': {
    ...{ project: 'tensorflow-cpu', version, platform: 'manylinux_2_27_x86_64', downloadMb: 274, installedMb: 880 },
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'linux arm64': {
    ...{ project: 'tensorflow', version, platform: 'manylinux_2_27_aarch64', downloadMb: 270, installedMb: 880 },
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  },
  'darwin arm64': {
    ...{ project: 'tensorflow', version, platform: 'macosx_12_0_arm64', downloadMb: 240, installedMb: 800 },
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
  },
};

/**
 * The wheel for this machine.
 *
 * @throws TfjsEngineError `platform-unsupported` where TensorFlow has none, and on Alpine's musl.
 */
export function wheelFor({ platform, arch } = process as { platform: string; arch: string }): Wheel {
  const wheel = wheels[`${platform} ${arch}`];
  if (wheel === undefined) throw unsupported(`TensorFlow publishes no library for ${platform} on ${arch}`);
  if (platform === 'linux' && glibcVersion() === undefined) {
    throw unsupported("this Linux has musl as its C library; TensorFlow's needs glibc 2.27 or newer");
  }
  return wheel;
}

function unsupported(reason: string): TfjsEngineError {
  return new TfjsEngineError(`The native engine cannot be had here: ${reason}.`, {
    code: 'platform-unsupported',
    remedy: 'Use the engine "wasm", which needs nothing.',
  });
}

/** The version of the GNU C library that Node runs on; undefined with another. */
export function glibcVersion(): string | undefined {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime;
}
