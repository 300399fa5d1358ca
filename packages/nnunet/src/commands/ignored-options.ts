/** Options of nnU-Net's commands that have no meaning here; they are taken, so that its command lines work unchanged. */
const describe = 'taken for nnU-Net’s sake; it has no effect here';

/** Those with a value. */
export function ignoredOptions<const Name extends string>(...names: Name[]) {
  return Object.fromEntries(names.map((name) => [name, { kind: 'string', describe }])) as Record<
    Name,
    { kind: 'string'; describe: string }
  >;
}

/** Those without one. */
ignoredOptions.flags = <const Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, { kind: 'boolean', describe }])) as Record<
    Name,
    { kind: 'boolean'; describe: string }
  >;
