import { readTextFile } from '@fractura/array-files';
import { readCommandLine, UsageError, type CommandDefinition } from '@fractura/command-line';
import { reasonOf } from '@fractura/errors';
import { parse } from 'yaml';

/**
 * The values of a command's options that a YAML file gives by their names, checked as on the command line.
 *
 * @throws UsageError naming the file where it is no table of options, and for what the command line would refuse.
 */
export async function readSettingsFile(path: string, command: CommandDefinition): Promise<Record<string, unknown>> {
  const table = readTable(path, await readTextFile(path));
  const words = Object.entries(table).flatMap(([name, value]) =>
    Array.isArray(value) ? [`--${name}`, ...value.map(String)] : [`--${name}=${String(value)}`],
  );
  const program = { name: path, version: '', summary: '', commands: [], defaultCommand: command };
  return (await readCommandLine(program, words))?.values ?? {};
}

function readTable(path: string, text: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw new UsageError(`${path} is not YAML: ${reasonOf(cause)}.`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new UsageError(`${path} is not a table of options.`, {
      remedy: 'Write options by their names, as in partition: gpu.',
    });
  }
  return content as Record<string, unknown>;
}
