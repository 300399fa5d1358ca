/** The processor's instruction sets by their names in Linux's /proc/cpuinfo; undefined where that cannot be read. */
export function processorFlags(cpuinfo = readCpuinfo()): ReadonlySet<string> | undefined {
  const flags = cpuinfo && /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1];
  return flags === undefined || flags === '' ? undefined : new Set(flags.trim().split(/\s+/));
}

let read: string | undefined;

function readCpuinfo(): string {
  try {
    // Not an import, which a web page could not follow.
    return (read ??= process.getBuiltinModule('node:fs').readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return '';
  }
}
