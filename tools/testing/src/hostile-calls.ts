/** What a caller without types may give for anything. Texts that could name a file are left out: nothing is to be written. */
const hostile: readonly unknown[] = [undefined, null, NaN, -1, 1.5, Infinity, '', true, [], {}, [null], () => 1];

/** Longest that a refusal may take. */
const longestMs = 10_000;

/** The mark of Fractura's errors, by which they are known across packages. */
const mark = Symbol.for('fractura.error');

/** What hostile calls need to know of a module. */
export interface HostileCalls {
  /** Sound arguments by function; each value in them, at any depth, is replaced by hostile ones in turn. */
  sound?: Readonly<Record<string, readonly unknown[]>>;
  /** Functions that take whatever there is, or are no library's business. */
  except?: readonly string[];
}

/**
 * Calls every function and class of a module with hostile arguments: alone, in all places at once, and one by one within sound ones.
 * Each call must give a result, or be refused in time by an error of Fractura with a code and a remedy.
 *
 * @returns a line for each other error.
 */
export async function faultsOfHostileCalls(
  module: Readonly<Record<string, unknown>>,
  { sound = {}, except = [] }: HostileCalls = {},
): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, callee] of Object.entries(module)) {
    if (typeof callee !== 'function' || name.endsWith('Error') || except.includes(name)) {
      continue;
    }
    const lists = [...hostile.flatMap((value) => [[value], [value, value], [value, value, value]])];
    for (const given of [...lists, ...mutantsOf(sound[name] ?? [])]) {
      const fault = await faultOf(callee as Callee, given as readonly unknown[]);
      if (fault !== undefined) {
        faults.push(`${name}(${(given as readonly unknown[]).map(shown).join(', ')}): ${fault}`);
      }
    }
  }
  return faults;
}

type Callee = ((...given: readonly unknown[]) => unknown) & (new (...given: readonly unknown[]) => unknown);

async function faultOf(callee: Callee, given: readonly unknown[]): Promise<string | undefined> {
  const isClass = Function.prototype.toString.call(callee).startsWith('class');
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error('it does not end'));
      }, longestMs);
    });
    await Promise.race([isClass ? new callee(...given) : callee(...given), late]);
    return undefined;
  } catch (error) {
    const { name, message, code, remedy } = error as Error & { code?: string; remedy?: string };
    const isRefusal = typeof error === 'object' && error !== null && mark in error && Boolean(code) && Boolean(remedy);
    return isRefusal ? undefined : `${name}: ${message}`;
  } finally {
    clearTimeout(timer);
  }
}

/** Copies of a value with one part of it replaced by a hostile value. */
function mutantsOf(value: readonly unknown[] | Readonly<Record<string, unknown>>): (typeof value)[] {
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const parts = [...hostile, ...(isPlain(part) ? mutantsOf(part) : [])];
    return parts.map((other) =>
      isList
        ? value.map((own: unknown, i) => (String(i) === key ? other : own))
        : Object.assign({}, value, { [key]: other }),
    );
  });
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

function shown(value: unknown): string {
  if (typeof value === 'symbol' || typeof value === 'function' || typeof value === 'number') {
    return String(value);
  }
  const text = (JSON.stringify(value) as string | undefined) ?? 'undefined';
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
