import { stringify } from 'yaml';
import { isWorkedOn } from '../../submission/job-state.js';
import { addHandover, readHandovers, type Handover } from '../../submission/submission-folder.js';
import type { Submission } from '../../submission/submission.js';
import type { Engine, Liveness, StageToStart } from '../engine.js';
import { requireProgram } from '../run-program.js';
import { kubernetesJob, kubernetesName } from './kubernetes-job.js';

/** Kubernetes, by `kubectl`: an Indexed Job of each stage. */
export const kubernetesEngine: Engine = {
  describe: (start) => yamlOf(manifests(start, 0)),

  async start(start) {
    const before = await readHandovers(start.folder);
    const jobs = manifests(start, before.length);
    await requireProgram('kubectl', ['create', '-f', '-'], yamlOf(jobs));
    const ids: string[] = [];
    for (const [i, { stage, indices }] of start.stages.entries()) {
      const id = kubernetesName(start.submission, stage, before.length + i);
      await addHandover(start.folder, { id, stage, indices: [...indices] });
      ids.push(id);
    }
    return ids;
  },

  async liveness(folder, submission) {
    const alive = new Map<number, Liveness>();
    for (const { id, indices } of await readHandovers(folder)) {
      const over = await overIndices(id, indices, submission);
      for (const index of indices) {
        const working = !over.has(index) && (await isWorkedOn(folder, index));
        alive.set(index, over.has(index) ? 'gone' : working ? 'running' : 'queued');
      }
    }
    return alive;
  },

  async cancel(folder, submission, indices) {
    for (const { id, indices: all } of await readHandovers(folder)) {
      const asked = all.filter((index) => indices.includes(index));
      if (asked.length === all.length) {
        await requireProgram('kubectl', [
          'delete',
          'job',
          id,
          '--ignore-not-found',
          '--wait=false',
          ...inNamespace(submission),
        ]);
      } else if (asked.length > 0) {
        // Their pods come back, see that they were cancelled, and end.
        const places = asked.map((index) => all.indexOf(index)).join(', ');
        const selector = `batch.kubernetes.io/job-name=${id},batch.kubernetes.io/job-completion-index in (${places})`;
        await requireProgram('kubectl', [
          'delete',
          'pod',
          '--selector',
          selector,
          '--wait=false',
          ...inNamespace(submission),
        ]);
      }
    }
  },
};

function manifests({ folder, submission, stages }: StageToStart, handovers: number): Record<string, unknown>[] {
  return stages.map(({ stage, indices }, i) =>
    kubernetesJob({
      folder,
      submission,
      stage,
      indices,
      handover: handovers + i,
      after: submission.jobs.filter((job) => job.stage < stage).map(({ index }) => index),
    }),
  );
}

const yamlOf = (jobs: readonly Record<string, unknown>[]): string => jobs.map((job) => stringify(job)).join('---\n');

const inNamespace = ({ settings }: Submission): string[] =>
  settings.kubernetes?.namespace === undefined ? [] : ['--namespace', settings.kubernetes.namespace];

/** What a Job says of itself. */
interface JobAnswer {
  status?: { failedIndexes?: string; conditions?: { type: string; status: string }[] };
}

/** Jobs that a Job of Kubernetes will not begin again. */
async function overIndices(
  id: string,
  indices: Handover['indices'],
  submission: Submission,
): Promise<ReadonlySet<number>> {
  const words = ['get', 'job', id, '--ignore-not-found', '--output', 'json', ...inNamespace(submission)];
  const answer = (await requireProgram('kubectl', words)).trim();
  if (answer === '') {
    return new Set(indices);
  }
  const { status } = JSON.parse(answer) as JobAnswer;
  const isOver = status?.conditions?.some(
    ({ type, status: holds }) => (type === 'Complete' || type === 'Failed') && holds === 'True',
  );
  return new Set(isOver === true ? indices : readIndexes(status?.failedIndexes ?? '').map((place) => indices[place]));
}

/** `1,3-5` as Kubernetes writes indexes. */
export function readIndexes(text: string): number[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
}
