import { elementCount } from '@fractura/array-files';
import type { PlanConfiguration } from '@fractura/nnunet-format';
import { roundHalfToEven } from '@fractura/python-compat';
import { planConfiguration, type ConfigurationRequest, type PlannedConfiguration } from './plan-configuration.js';

/** A low-resolution configuration is made where the patch covers less of the median image than this. */
const lowresThreshold = 0.25;
/** By which the low resolution's spacing grows from try to try. */
const lowresStep = 1.03;

/**
 * Coarsens the spacing until the patch covers enough of the median image.
 *
 * @param request of the full resolution, with the data identifier of the low one.
 * @returns undefined where the full resolution covers enough, or coarsening changes little.
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/default_experiment_planner.py, ExperimentPlanner.plan_experiment
 */
export function planLowres(
  request: ConfigurationRequest,
  full: PlanConfiguration,
  numTraining: number,
): PlannedConfiguration | undefined {
  const { spacing, medianShape } = request;
  let lowres = [...spacing];
  let medianVoxels = elementCount(medianShape);
  let patchVoxels = elementCount(full.patch_size);
  let plan: PlannedConfiguration | undefined;
  while (patchVoxels / medianVoxels < lowresThreshold) {
    const coarsest = Math.max(...lowres);
    const fine = lowres.map((value) => coarsest / value > 2);
    lowres = lowres.map((value, axis) => (fine.some(Boolean) && !fine[axis] ? value : value * lowresStep));
    const shape = medianShape.map((extent, axis) => (spacing[axis] / lowres[axis]) * extent);
    medianVoxels = elementCount(shape);
    plan = planConfiguration({
      ...request,
      spacing: lowres,
      medianShape: shape.map(roundHalfToEven),
      datasetVoxels: medianVoxels * numTraining,
    });
    patchVoxels = elementCount(plan.configuration.patch_size);
  }
  return elementCount(medianShape) / medianVoxels < 2 ? undefined : plan;
}
