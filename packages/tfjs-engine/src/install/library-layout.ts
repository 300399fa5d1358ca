import { symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The libraries in TensorFlow's Python package, with the names that the linker looks for. */
export function librariesOf(platform: string = process.platform): Record<string, string | undefined> {
  return platform === 'darwin'
    ? { 'libtensorflow_cc.2.dylib': 'libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib': undefined }
    : { 'libtensorflow_cc.so.2': 'libtensorflow.so', 'libtensorflow_framework.so.2': 'libtensorflow_framework.so' };
}

/** Whether a file of TensorFlow's Python package is a header that the binding includes, or one of those in turn. */
export const neededHeader = (path: string): boolean =>
  /^include\/(tensorflow\/(c|core\/(platform|common_runtime\/next_pluggable_device\/c)|lite)|tsl|xla\/tsl)\/.*\.h$/.test(
    path,
  );

/** Whether a file is one of NVIDIA's libraries or tools that TensorFlow needs for CUDA; seen from Python's folder of packages. */
export const neededNvidiaFile = (path: string): boolean =>
  /^nvidia\/.*\.(so(\.\d+)*|bc)$|^nvidia\/.*\/bin\/ptxas$/.test(path);

/** Gives the libraries in `folder/lib` the names that the linker looks for. */
export async function linkLibraries(folder: string): Promise<void> {
  for (const [name, alias] of Object.entries(librariesOf())) {
    if (alias !== undefined) {
      await symlink(name, join(folder, 'lib', alias));
    }
  }
}
