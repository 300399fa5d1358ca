import { execFileSync } from 'node:child_process';
import { defineCommand, runCommandLine, type CommandDefinition } from '@fractura/command-line';
import { engineNames } from '@fractura/tfjs-engine';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runCommand } from '../../src/commands/run.js';
import { radiographSettings, syntheticSettings } from '../../src/settings/default-settings.js';
import { reproduceCommand } from '../../src/run/reproduce-command.js';
import { resolveSettings } from '../../src/settings/resolve-settings.js';
import { runSettings, settingNames, type RunSettings, type SettingName } from '../../src/settings/run-settings.js';
import { pickSettings } from '../../src/settings/setting-options.js';

/** The words that a POSIX shell makes of a command line. */
function shellWords(command: string): string[] {
  return execFileSync('sh', ['-c', String.raw`for word in ${command}; do printf '%s\0' "$word"; done`])
    .toString()
    .split('\0')
    .slice(0, -1);
}

/** What `fractura run` receives when it is given these words. */
async function received(words: readonly string[]): Promise<Record<string, unknown>> {
  let values: Record<string, unknown> = {};
  const command: CommandDefinition = defineCommand({
    ...runCommand,
    run: (given) => {
      values = given;
      return Promise.resolve();
    },
  });
  const program = { name: 'fractura', version: '0', summary: '', commands: [command] };
  expect(await runCommandLine(program, words)).toBe(0);
  return values;
}

const arbitrarySettings = fc.record(
  Object.fromEntries(settingNames.map((name) => [name, arbitraryValue(name)])) as {
    [Name in SettingName]: fc.Arbitrary<RunSettings[Name]>;
  },
);

function arbitraryValue(name: SettingName): fc.Arbitrary<unknown> {
  const schema = runSettings.shape[name];
  if (schema.type === 'boolean') {
    return fc.boolean();
  }
  if (schema.type === 'enum') {
    return fc.constantFrom(...schema.options);
  }
  const [min, max] = [schema.minValue!, schema.maxValue!];
  return schema.format === 'safeint' ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
}

test('the command of any run is one that fractura run accepts, and gives its settings, data and engine again', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.option(
        fc.string({ minLength: 1, unit: fc.constantFrom('a', '/', ' ', '-', "'", '"', '$', '*', '\\', 'é', '\n') }),
      ),
      arbitrarySettings,
      fc.record({
        name: fc.constantFrom(...engineNames),
        threads: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
      }),
      async (folder, settings, engine) => {
        const data = folder ?? undefined;
        const defaults = data === undefined ? syntheticSettings : radiographSettings;
        const [program, ...words] = shellWords(reproduceCommand({ settings, defaults, data, engine }));
        expect(program).toBe('fractura');
        const values = await received(words);
        expect(resolveSettings(defaults, pickSettings(values))).toEqual(settings);
        expect(values.data).toBe(data?.startsWith('-') ? `./${data}` : data);
        expect(values).toMatchObject({ engine: engine.name });
        expect(values.threads).toBe(engine.threads);
      },
    ),
    { numRuns: 20 },
  );
}, 60_000);

test('only what differs from the defaults is said, and words with spaces are quoted', () => {
  const engine = { name: 'wasm' } as const;
  expect(reproduceCommand({ settings: syntheticSettings, defaults: syntheticSettings, engine })).toBe(
    'fractura run --engine wasm',
  );
  const settings = { ...radiographSettings, mirroring: true, planFor: 'gpu', learningRate: 0.01 } as const;
  const command = reproduceCommand({ settings, defaults: radiographSettings, data: 'my atlas', engine });
  expect(command).toBe("fractura run --data 'my atlas' --engine wasm --plan-for gpu --learning-rate 0.01 --mirroring");
});

test('a COCO data set is named by its folders and its file', async () => {
  const data = { images: 'my films', annotations: 'films.json', normals: '-normal' };
  const command = reproduceCommand({
    settings: radiographSettings,
    defaults: radiographSettings,
    data,
    engine: { name: 'wasm' },
  });
  expect(command).toBe("fractura run --images 'my films' --annotations films.json --normals ./-normal --engine wasm");
  expect(await received(shellWords(command).slice(1))).toMatchObject({ ...data, normals: './-normal' });
});
