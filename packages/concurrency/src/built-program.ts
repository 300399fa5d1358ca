/**
 * Where a program for a thread or a process stands. Threads and processes run built code, which stands beside the built module
 * that starts it, and in `dist` of its package where the sources run, as in tests.
 *
 * @param moduleUrl `import.meta.url` of the module that starts the program.
 * @param name the program's file without its ending, such as `fold-process`.
 */
export function builtProgram(moduleUrl: string, name: string): URL {
  const sources = moduleUrl.lastIndexOf('/src/');
  const built = moduleUrl.endsWith('.ts') && sources >= 0 ? `${moduleUrl.slice(0, sources)}/dist/` : moduleUrl;
  return new URL(`./${name}.js`, built);
}
