/** What lists of commands show of engines; apart from the commands, which import much. */
export const headings = {
  doctor: { name: 'doctor', summary: 'Tells which engines work here, how fast, and why not the others.' },
  install: {
    name: 'install',
    summary: 'Prepares the native engine: TensorFlow’s C library out of its wheel, once per user.',
  },
  uninstall: { name: 'uninstall', summary: 'Removes the native engine from the user’s cache folder.' },
  bench: {
    name: 'bench',
    summary: 'Measures an engine: convolution, matrix product and training step, in 1e9 operations a second (GF/s).',
  },
} as const;
