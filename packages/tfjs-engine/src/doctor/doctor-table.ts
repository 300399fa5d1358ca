import type { EngineSpeed } from './benchmark-engine.js';
import type { Diagnosis, EngineDiagnosis } from './diagnose-engines.js';

/** A diagnosis as Markdown, for a bug report. */
export function doctorTable(diagnosis: Diagnosis): string {
  const { machine, versions, cacheDirectory, prepared, engines, chosen, copies } = diagnosis;
  const facts: [string, string | number][] = [
    ['Node', machine.node],
    ['platform', machine.platform],
    ['processor', `${machine.processor}, ${machine.cores} cores${instructionWords(machine.instructions)}`],
    ['memory', `${machine.memoryGb} GB`],
    ['glibc', machine.glibc],
    ...Object.entries(versions),
    ['cache folder', cacheDirectory],
    [
      'native engine',
      prepared ? `from ${prepared.source} for ${prepared.device}, ${prepared.preparedAt.slice(0, 10)}` : 'none ready',
    ],
    ['in use by default', `${chosen.engine}, in ${chosen.precision}`],
    ...(copies === undefined ? [] : [['copies', copies] as [string, string]]),
  ];
  return [
    ...table(['what', 'value'], facts),
    '',
    ...table(['engine', 'works', 'version', 'computes on', ...speedNames, 'why not'], engines.map(engineRow)),
    '',
    'Speeds in GF/s: 1e9 operations a second, a multiplication and an addition being two.',
  ].join('\n');
}

const speedNames = ['matmul', 'convolution', 'forward', 'training step'];

function engineRow({ engine, works, version = '-', device = '-', speed, reason = '' }: EngineDiagnosis): string[] {
  const speeds = speed ? speedsOf(speed) : speedNames.map(() => '-');
  return [engine, works ? 'yes' : 'no', version, device, ...speeds, reason];
}

function speedsOf({ matmulGflops, convolutionGflops, forwardGflops, trainingGflops }: EngineSpeed): string[] {
  return [matmulGflops, convolutionGflops, forwardGflops, trainingGflops].map(shown);
}

/** One engine's speeds on a line. */
export function speedLine(speed: EngineSpeed): string {
  return `${speedsOf(speed)
    .map((value, i) => `${speedNames[i]} ${value}`)
    .join(', ')} GF/s`;
}

const shown = (value: number): string => value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0);

function instructionWords(instructions: readonly string[] | undefined): string {
  if (instructions === undefined) {
    return '';
  }
  return `, ${instructions.length === 0 ? 'no AVX' : instructions.join(' ')}`;
}

/** A cell stays one line, whatever an error says. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells
      .map((cell) =>
        String(cell)
          .replaceAll(/\s*\n\s*/g, ' ')
          .replaceAll('|', '\\|'),
      )
      .join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
