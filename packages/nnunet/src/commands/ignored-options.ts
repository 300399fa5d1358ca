import type { ArgumentDefinition } from '@fractura/command-line';

/** Options of nnU-Net's commands that change no result, and why they have no effect here: its command lines work unchanged. */
const ignored = {
  np: { kind: 'integer', describe: 'processes', withoutEffect: 'Cases are taken one after the other.' },
  npp: { kind: 'integer', describe: 'processes that preprocess', withoutEffect: 'One process prepares and predicts.' },
  nps: { kind: 'integer', describe: 'processes that export', withoutEffect: 'One process predicts and writes.' },
  verbose: {
    kind: 'boolean',
    describe: 'print more messages',
    withoutEffect: 'Notes are always written; --quiet leaves them out.',
  },
  'disable-progress-bar': { kind: 'boolean', describe: 'no bar', withoutEffect: '--quiet leaves progress out.' },
  'not-on-device': {
    kind: 'boolean',
    describe: 'sum the windows in main memory',
    withoutEffect: 'Windows are added up in main memory always.',
  },
  'no-overwrite': {
    kind: 'boolean',
    describe: 'keep what is there already',
    withoutEffect: 'Everything is computed again, with the same result.',
  },
  'use-compressed': { kind: 'boolean', describe: 'read compressed cases', withoutEffect: 'Cases are not compressed.' },
  pfile: { kind: 'string', describe: 'plans file', withoutEffect: 'The files themselves tell how to read them.' },
  'plans-json': {
    kind: 'string',
    describe: 'plans file',
    withoutEffect: 'The files themselves tell how to read them.',
  },
} as const satisfies Record<string, ArgumentDefinition>;

/** The definitions of those that a command takes. */
export function ignoredOptions<const Name extends keyof typeof ignored>(...names: Name[]): Pick<typeof ignored, Name> {
  return Object.fromEntries(names.map((name) => [name, ignored[name]])) as Pick<typeof ignored, Name>;
}
