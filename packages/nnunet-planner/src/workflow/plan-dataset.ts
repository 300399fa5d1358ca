import { access, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkOptions, rule } from '@fractura/errors';
import { checkFileName, withFolder } from '@fractura/array-files';
import {
  type DatasetFingerprint,
  type Plans,
  readFingerprint,
  readLabels,
  readPlansIfAny,
  writeFingerprint,
  writePlans,
} from '@fractura/nnunet-format';
import type { CaseTaskOptions } from '../cases/case-task-options.js';
import { mapCases } from '../cases/map-cases.js';
import { readDataset, type RawDataset, type ReadDatasetOptions } from '../dataset/read-dataset.js';
import { combineMeasures } from '../fingerprint/combine-measures.js';
import { checkContents } from '../integrity/check-contents.js';
import { reportIntegrity, type IntegrityReport } from '../integrity/report-integrity.js';
import { explainTraces } from '../planning/explain-plan.js';
import { plannerRules, planWithTraces, type PlanExperimentOptions } from '../planning/plan-experiment.js';
import { planForCpu } from '../planning/plan-for-cpu.js';
import { plannerPreset } from '../planning/planner-presets.js';
import { samplesPerCase } from './extract-fingerprint.js';
import { NnunetPlannerError } from '../errors.js';

/** What to plan. */
export interface PlanDatasetOptions
  extends
    CaseTaskOptions,
    Pick<ReadDatasetOptions, 'variables'>,
    Pick<PlanExperimentOptions, 'planner' | 'gpuMemoryTargetGb' | 'plansName' | 'overwriteTargetSpacing'> {
  /** Of the raw data set. */
  folder: string;
  /** Of the data set in nnUNet_preprocessed. */
  outputFolder: string;
  /** Check the raw data set too. Default false. */
  verifyIntegrity?: boolean;
  /** Foreground intensities drawn over all cases. Default 1e8, nnU-Net's; fewer are quicker, and give other statistics. */
  samples?: number;
  /** Extract the fingerprint again where there is one. Default true. */
  clean?: boolean;
  /**
   * `cpu`: smaller networks and batches, in plans of their own whose name ends in `_cpu`; nnU-Net's own are written beside
   * them. Default `gpu`.
   */
  planFor?: 'gpu' | 'cpu';
}

/** What was planned. */
export interface PlannedDataset {
  plans: Plans;
  fingerprint: DatasetFingerprint;
  /** Path of the plans. */
  plansFile: string;
  /** Why the plans are as they are, in words and numbers. */
  explanation: string;
  /** What was made smaller for a processor, a sentence for each configuration; empty where nothing was. */
  reductions: string[];
  /** Only where the integrity was to be verified. */
  integrity?: IntegrityReport;
}

/**
 * Integrity check (if asked for), fingerprint and plans of one data set. Check and fingerprint read every case once, together.
 *
 * Writes `dataset_fingerprint.json`, the plans, a copy of `dataset.json`, and `splits_final.json` where it comes with the raw
 * data and is not there yet.
 *
 * @throws NnunetPlannerError what `verifyDatasetIntegrity`, `extractFingerprint` and `planExperiment` throw.
 * @throws ArrayFilesError `folder-in-use` where another process plans or preprocesses the data set.
 */
export async function planDataset(options: PlanDatasetOptions): Promise<PlannedDataset> {
  checkOptions(options, planDatasetOptionsRule, NnunetPlannerError);
  const { folder, outputFolder, verifyIntegrity = false, variables } = options;
  const dataset = await readDataset(folder, { acceptModality: !verifyIntegrity, variables });
  return withFolder(outputFolder, () => planInto(outputFolder, dataset, options));
}

async function planInto(
  outputFolder: string,
  dataset: RawDataset,
  options: PlanDatasetOptions,
): Promise<PlannedDataset> {
  const { folder, verifyIntegrity = false, clean = true, planFor = 'gpu' } = options;
  const { workers, signal, onProgress, ...planning } = options;
  const fingerprintFile = join(outputFolder, 'dataset_fingerprint.json');
  const before = clean ? undefined : await readFingerprint(fingerprintFile);
  const task = { workers, signal, onProgress };
  const scan = { verifyIntegrity, measure: !before, samples: options.samples, task };
  const { extracted, integrity } = await scanDataset(dataset, scan);
  const fingerprint = before ?? extracted!;
  if (extracted) {
    await writeFingerprint(fingerprintFile, extracted, dataset.reader);
  }

  const plansName = checkFileName(
    planning.plansName ?? plannerPreset(planning.planner ?? 'ExperimentPlanner').plansName,
    { of: 'The name of the plans' },
  );
  const existing = await readPlansIfAny(join(outputFolder, `${plansName}.json`));
  const planned = planWithTraces({ ...planning, dataset, fingerprint, existing });
  const { plans, reasons: reductions } =
    planFor === 'cpu' ? planForCpu(planned.plans, channelsOf(dataset)) : { plans: planned.plans, reasons: [] };
  const plansFile = join(outputFolder, `${plans.plans_name}.json`);
  await copyFile(join(folder, 'dataset.json'), join(outputFolder, 'dataset.json'));
  await keepSplits(folder, outputFolder);
  for (const each of new Set([planned.plans, plans])) {
    await writePlans(join(outputFolder, `${each.plans_name}.json`), each);
  }
  const explanation = [explainTraces(planned, fingerprint), ...reductions].join('\n');
  return { plans, fingerprint, plansFile, explanation, reductions, integrity };
}

const channelsOf = ({ datasetJson }: RawDataset) => ({
  inputs: Object.keys(datasetJson.channel_names).length,
  outputs: readLabels(datasetJson).segmentationHeads,
});

interface DatasetScan {
  verifyIntegrity: boolean;
  measure: boolean;
  samples: number | undefined;
  task: CaseTaskOptions;
}

async function scanDataset(
  dataset: RawDataset,
  { verifyIntegrity, measure, samples, task }: DatasetScan,
): Promise<{ extracted?: DatasetFingerprint; integrity?: IntegrityReport }> {
  if (!verifyIntegrity && !measure) {
    return {};
  }
  const work = {
    kind: 'scan',
    reader: dataset.reader,
    expected: verifyIntegrity ? await checkContents(dataset) : undefined,
    samples: measure ? samplesPerCase(dataset, samples) : undefined,
  } as const;
  const scans = await mapCases(work, dataset.cases, task);
  return {
    integrity: verifyIntegrity
      ? reportIntegrity(
          dataset.folder,
          scans.map(({ findings }) => findings!),
        )
      : undefined,
    extracted: measure ? combineMeasures(scans.map(({ measures }) => measures!)) : undefined,
  };
}

/** Copies the splits that come with the raw data, unless there are splits already. */
async function keepSplits(raw: string, preprocessed: string): Promise<void> {
  const [from, to] = [raw, preprocessed].map((folder) => join(folder, 'splits_final.json'));
  const exists = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  if ((await exists(from)) && !(await exists(to))) {
    await copyFile(from, to);
  }
}

/** What each of {@link PlanDatasetOptions} must be. */
export const planDatasetRules = {
  folder: rule.text,
  outputFolder: rule.text,
  verifyIntegrity: rule.optional(rule.flag),
  samples: rule.optional(rule.number()),
  clean: rule.optional(rule.flag),
  planFor: rule.optional(rule.oneOf(['gpu', 'cpu'])),
  workers: rule.optional(rule.number()),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
  variables: rule.optional(rule.tableOf(rule.optional(rule.anyText))),
  ...plannerRules,
};

const planDatasetOptionsRule = rule.fields(planDatasetRules);
