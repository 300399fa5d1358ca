/** The processor's instruction sets by their names in Linux's /proc/cpuinfo; undefined where that cannot be read. */
export function processorFlags(): ReadonlySet<string> | undefined {
  return (ofThisProcessor ??= { flags: flagsIn(readCpuinfo()) }).flags;
}

/** Read once: convolutions ask for it. */
let ofThisProcessor: { flags: ReadonlySet<string> | undefined } | undefined;

/** The same from the text of /proc/cpuinfo. */
export function flagsIn(cpuinfo: string): ReadonlySet<string> | undefined {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1];
  return flags === undefined ? undefined : new Set(flags.trim().split(/\s+/));
}

function readCpuinfo(): string {
  try {
    // Not an import, which a web page could not follow.
    return process.getBuiltinModule('node:fs').readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}
