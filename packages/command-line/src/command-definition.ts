/**
 * The kinds of value an option or positional takes; an `integer` is a whole number. The plural kinds take several values, as
 * in `-f 0 1 2`.
 */
export type ValueKind = 'string' | 'number' | 'integer' | 'boolean' | 'strings' | 'numbers' | 'integers';

interface KindToValue {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  strings: string[];
  numbers: number[];
  integers: number[];
}

/** One option or positional argument of a command. */
export interface ArgumentDefinition {
  /** What kind of value it takes. */
  kind: ValueKind;
  /** One line for `--help`; says unit and range where there is one. */
  describe: string;
  /** Further spellings, such as nnU-Net's short names. */
  alias?: string | readonly string[];
  /** Without it the command ends with status 2. */
  required?: true;
  /** The value when it is not given. */
  default?: string | number | boolean | readonly string[] | readonly number[];
  /** The values allowed; they become the type of the value that the command receives. */
  choices?: readonly (string | number)[];
  /** The least number allowed. */
  minimum?: number;
  /** The greatest number allowed. */
  maximum?: number;
  /** A number must be above this one. */
  exclusiveMinimum?: number;
  /** Why it has no effect here, as a sentence: of an option that is taken so that command lines of other programs work. */
  withoutEffect?: string;
}

/** Arguments by name, in kebab-case. */
export type ArgumentTable = Record<string, ArgumentDefinition>;

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** What one value may be: one of the choices where there are any. */
type ValueOf<Definition extends ArgumentDefinition> = Definition extends { choices: readonly (infer Choice)[] }
  ? KindToValue[Definition['kind']] extends unknown[]
    ? Choice[]
    : Choice
  : KindToValue[Definition['kind']];

type Given<Definition extends ArgumentDefinition> = Definition extends
  { required: true } | { default: string | number | boolean | readonly unknown[] }
  ? ValueOf<Definition>
  : ValueOf<Definition> | undefined;

/** The values a command receives: one camelCase property per argument. */
export type ArgumentValues<Table extends ArgumentTable> = {
  [Name in keyof Table & string as CamelCase<Name>]: Given<Table[Name]>;
};

/** What a running command has at hand beside its arguments. */
export interface CommandContext {
  /** Writes data to standard output: text as it is, anything else as JSON. */
  print: (data: unknown) => void;
  /** Writes one line of progress to standard error. */
  note: (line: string) => void;
  /** Shows a task's progress on standard error: a bar on a terminal, plain lines otherwise. */
  progress: (title: string) => ProgressTask;
  /** Aborted at the first interrupt. */
  signal: AbortSignal;
  /** Whether `--json` was given: results are to be printed as JSON. */
  json: boolean;
  /** The words after `--`, as they are; of a command that takes them, none otherwise. */
  rest: readonly string[];
}

/** One task whose progress is shown. */
export interface ProgressTask {
  /**
   * Says how far the task is; `total` may change as more becomes known. `secondsLeft` is shown instead of what the pace since
   * the beginning says, which is wrong where a task goes on from earlier work.
   */
  update: (progress: { done: number; total: number; note?: string; secondsLeft?: number }) => void;
  /** Ends the task's line. */
  finish: (note?: string) => void;
}

/** A command: its name, its table of arguments, examples, and what it does. */
export interface CommandDefinition {
  name: string;
  summary: string;
  positionals: ArgumentTable;
  options: ArgumentTable;
  /** What the words after `--` are, for a command that takes them, such as `COMMAND`. */
  rest?: string;
  /** Pairs of a command line (without the program's name) and what it does. */
  examples: readonly (readonly [string, string])[];
  run: (values: never, context: CommandContext) => Promise<void>;
}

/**
 * Defines a command with typed arguments: `run` receives one camelCase property per option and positional.
 *
 * Positionals come in the order of their table. Commands are plain data and can be mounted by any program that
 * `runCommandLine` runs.
 */
export function defineCommand<const Options extends ArgumentTable, const Positionals extends ArgumentTable>(
  definition: Omit<CommandDefinition, 'run' | 'options' | 'positionals'> & {
    options: Options;
    positionals: Positionals;
    run: (values: ArgumentValues<Options> & ArgumentValues<Positionals>, context: CommandContext) => Promise<void>;
  },
): CommandDefinition {
  return definition;
}
