/** The processor's instruction sets by their names in Linux's /proc/cpuinfo; undefined where that cannot be read. */
export function processorFlags(): ReadonlySet<string> | undefined {
  cached ??= { flags: flagsIn(readCpuinfo()) };
  return cached.flags;
}

/** Read once: convolutions ask often. */
let cached: { flags: ReadonlySet<string> | undefined } | undefined;

/** Those that decide how fast a network computes. */
const vectorNames = ['avx', 'avx2', 'avx512f', 'avx512_bf16', 'amx_bf16'];

/** The processor's instructions for several numbers at once, of those that matter here; undefined where they cannot be told. */
export function vectorInstructions(): string[] | undefined {
  const flags = processorFlags();
  return flags && vectorNames.filter((name) => flags.has(name));
}

/** All flags from the text of /proc/cpuinfo. */
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
