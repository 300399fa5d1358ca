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

/** An npm package of which exactly one tarball is accepted. */
export interface PinnedPackage {
  name: string;
  version: string;
  /** As the npm registry gives it. */
  integrity: string;
}

/** The npm package whose binding is built and whose kernels are loaded. */
export const bindingPackage: PinnedPackage = {
  name: '@tensorflow/tfjs-node-gpu',
  version: '4.22.0',
  integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
};

/** The headers of Node-API, for a Node that came without its own. */
export const nodeHeadersPackage: PinnedPackage = {
  name: 'node-api-headers',
  version: '1.9.0',
  integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
};

/** pip is told this Python version, whatever the user's own is: only the C library of the wheel is used. */
export const wheelPython = '3.11';

const version = '2.21.0';

/** The pinned wheels for computing on the processor, by Node's names of platform and processor. */
export const wheels: Record<string, Wheel> = {
  'linux x64': {
    project: 'tensorflow-cpu',
    version,
    platform: 'manylinux_2_27_x86_64',
    downloadMb: 274,
    installedMb: 860,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'linux arm64': {
    project: 'tensorflow',
    version,
    platform: 'manylinux_2_27_aarch64',
    downloadMb: 270,
    installedMb: 860,
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  },
  'darwin arm64': {
    project: 'tensorflow',
    version,
    platform: 'macosx_12_0_arm64',
    downloadMb: 240,
    installedMb: 800,
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
  },
};

/** Unpacked NVIDIA libraries are so many times larger than their wheels, about. */
const nvidiaGrowth = 1.7;

const nvidia = (project: string, version: string, platform: string, downloadMb: number, sha256: string): Wheel => ({
  project: `nvidia-${project}-cu12`,
  version,
  platform,
  downloadMb,
  sha256,
  installedMb: Math.ceil(downloadMb * nvidiaGrowth),
});

/** TensorFlow for NVIDIA GPUs, and the CUDA 12 and cuDNN 9 that it was resolved with; Linux x64. */
export const cudaWheels: readonly Wheel[] = [
  {
    project: 'tensorflow',
    version,
    platform: 'manylinux_2_27_x86_64',
    downloadMb: 573,
    installedMb: 1700,
    sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
  },
  nvidia(
    'cublas',
    '12.9.3.13',
    'manylinux_2_27_x86_64',
    582,
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  ),
  nvidia(
    'cuda-cupti',
    '12.8.90',
    'manylinux2014_x86_64',
    11,
    'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
  ),
  nvidia(
    'cuda-nvcc',
    '12.9.86',
    'manylinux2010_x86_64',
    41,
    '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
  ),
  nvidia(
    'cuda-nvrtc',
    '12.9.86',
    'manylinux2010_x86_64',
    90,
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  ),
  nvidia(
    'cuda-runtime',
    '12.9.79',
    'manylinux2014_x86_64',
    4,
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  ),
  nvidia(
    'cudnn',
    '9.28.0.42',
    'manylinux_2_27_x86_64',
    717,
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
  ),
  nvidia(
    'cufft',
    '11.4.1.4',
    'manylinux2014_x86_64',
    201,
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  ),
  nvidia(
    'curand',
    '10.3.10.19',
    'manylinux_2_27_x86_64',
    69,
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
  ),
  nvidia(
    'cusolver',
    '11.7.5.82',
    'manylinux_2_27_x86_64',
    339,
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  ),
  nvidia(
    'cusparse',
    '12.5.10.65',
    'manylinux2014_x86_64',
    367,
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  ),
  nvidia(
    'nccl',
    '2.32.3',
    'manylinux_2_27_x86_64',
    352,
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
  ),
  nvidia(
    'nvjitlink',
    '12.9.86',
    'manylinux2010_x86_64',
    40,
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
  ),
];
