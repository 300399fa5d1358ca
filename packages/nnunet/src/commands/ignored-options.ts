const describe = 'taken for nnU-Net’s sake; it has no effect here';

/** Options of nnU-Net's commands that have no meaning here, each with a value: its command lines work unchanged. */
export function ignoredOptions<const Name extends string>(...names: Name[]) {
  const options: Partial<Record<Name, { kind: 'string'; describe: string }>> = {};
  for (const name of names) {
    options[name] = { kind: 'string', describe };
  }
  return options as Record<Name, { kind: 'string'; describe: string }>;
}

/** The same without a value. */
export function ignoredFlags<const Name extends string>(...names: Name[]) {
  const options: Partial<Record<Name, { kind: 'boolean'; describe: string }>> = {};
  for (const name of names) {
    options[name] = { kind: 'boolean', describe };
  }
  return options as Record<Name, { kind: 'boolean'; describe: string }>;
}
