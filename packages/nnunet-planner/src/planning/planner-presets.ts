import { NnunetPlannerError } from '../errors.js';

/** What tells nnU-Net's planners apart. */
export interface PlannerPreset {
  plansName: string;
  residualEncoder: boolean;
  /** Feature-map elements that the memory target stands for. */
  reference: { '2d': number; '3d': number };
  /** Memory that the reference values were measured for, and the default target, in GB. */
  referenceGb: number;
  /** Largest share of the data set's voxels in one batch. */
  largestShare: number;
}

/**
 * nnU-Net's planners by name.
 *
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/default_experiment_planner.py, and residual_unets/residual_encoder_unet_planners.py beside it
 */
export const plannerPresets = {
  ExperimentPlanner: {
    plansName: 'nnUNetPlans',
    residualEncoder: false,
    referenceGb: 8,
    largestShare: 0.05,
    reference: { '2d': 85e6, '3d': 560e6 },
  },
  ResEncUNetPlanner: {
    plansName: 'nnUNetResEncUNetPlans',
    residualEncoder: true,
    referenceGb: 8,
    largestShare: 0.05,
    reference: { '2d': 135e6, '3d': 680e6 },
  },
  nnUNetPlannerResEncM: {
    plansName: 'nnUNetResEncUNetMPlans',
    residualEncoder: true,
    referenceGb: 8,
    largestShare: 1,
    reference: { '2d': 135e6, '3d': 680e6 },
  },
  nnUNetPlannerResEncL: {
    plansName: 'nnUNetResEncUNetLPlans',
    residualEncoder: true,
    referenceGb: 24,
    largestShare: 1,
    reference: { '2d': 380e6, '3d': 2100e6 },
  },
  nnUNetPlannerResEncXL: {
    plansName: 'nnUNetResEncUNetXLPlans',
    residualEncoder: true,
    referenceGb: 40,
    largestShare: 1,
    reference: { '2d': 560e6, '3d': 3600e6 },
  },
} as const satisfies Record<string, PlannerPreset>;

export type PlannerName = keyof typeof plannerPresets;

/** The names of all planners. */
export const plannerNames = Object.keys(plannerPresets) as PlannerName[];

/** @throws NnunetPlannerError `planner-unknown` */
export function plannerPreset(name: string): PlannerPreset {
  const preset = (plannerPresets as Record<string, PlannerPreset | undefined>)[name];
  if (preset) {
    return preset;
  }
  throw new NnunetPlannerError(`There is no planner ${name}.`, {
    code: 'planner-unknown',
    remedy: `Choose one of: ${plannerNames.join(', ')}.`,
  });
}
