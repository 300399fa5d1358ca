import { MlflowServer } from './mlflow-server.js';
import { finiteScalars, type TrackedRun, type TrackedStep, type Tracker } from './tracker.js';

/** What a server says of a run. */
interface ServerRun {
  info: { run_id: string; artifact_uri: string };
  data?: { tags?: { key: string; value: string }[] };
}

/** The tags by which a run is found again, and its steps are told. */
const [nameTag, stepTag] = ['fractura.run', 'fractura.last_step'];

/** Characters of a parameter that every version of the server takes. */
const longestParameter = 500;

/** How much one request may hold. @see MLflow: mlflow/utils/validation.py */
const parametersAtOnce = 100;

/** A run on a tracking server of MLflow. The same experiment and run are the same run again, to which a training that goes on adds. */
export class MlflowServerTracker implements Tracker {
  readonly #server: MlflowServer;
  readonly #run: ServerRun;
  #lastStep: number;

  private constructor(server: MlflowServer, run: ServerRun) {
    this.#server = server;
    this.#run = run;
    this.#lastStep = Number(run.data?.tags?.find(({ key }) => key === stepTag)?.value ?? -1);
  }

  /** @throws TrackingError `server-invalid`, `server-unreachable`, `server-refused` */
  static async open(
    address: string,
    { experiment, run, parameters, restart }: TrackedRun,
  ): Promise<MlflowServerTracker> {
    const server = new MlflowServer(address);
    const experimentId = await openExperiment(server, experiment);
    const found = await findRun(server, experimentId, run);
    if (found !== undefined && restart === true) {
      await server.post('runs/delete', { run_id: found.info.run_id });
    }
    const goesOn = found !== undefined && restart !== true;
    const tracker = new MlflowServerTracker(server, goesOn ? found : await createRun(server, experimentId, run));
    if (goesOn) {
      await tracker.#setStatus('RUNNING');
    } else {
      await tracker.#logParameters(parameters);
    }
    return tracker;
  }

  get lastStep(): number {
    return this.#lastStep;
  }

  async add({ step, time, scalars, pictures = {} }: TrackedStep): Promise<void> {
    if (step <= this.#lastStep) {
      return;
    }
    const { artifact_uri: artifacts } = this.#run.info;
    // A server that keeps artifacts elsewhere gives no way to put them there.
    const root = /^mlflow-artifacts:\/+(?:[^/]+:\d+\/)?(.*)$/.exec(artifacts)?.[1];
    for (const [name, png] of root === undefined ? [] : Object.entries(pictures)) {
      await this.#server.putArtifact(`${root}/${name}/${String(step).padStart(5, '0')}.png`, png);
    }
    // In one request with the tag: a step is kept when all of it is.
    await this.#log(scalars, { time, step, tags: [{ key: stepTag, value: String(step) }] });
    this.#lastStep = step;
  }

  async finish(scalars: Readonly<Record<string, number>>): Promise<void> {
    await this.#log(scalars, { time: Date.now() / 1000, step: Math.max(this.#lastStep, 0), tags: [] });
    await this.#setStatus('FINISHED');
  }

  async #log(
    scalars: Readonly<Record<string, number>>,
    { time, step, tags }: { time: number; step: number; tags: { key: string; value: string }[] },
  ): Promise<void> {
    const timestamp = Math.round(time * 1000);
    const metrics = finiteScalars(scalars).map(([key, value]) => ({ key, value, timestamp, step }));
    await this.#server.post('runs/log-batch', { run_id: this.#run.info.run_id, metrics, params: [], tags });
  }

  async #logParameters(parameters: TrackedRun['parameters']): Promise<void> {
    const params = Object.entries(parameters).map(([key, value]) => ({
      key,
      value: String(value).slice(0, longestParameter),
    }));
    for (let begin = 0; begin < params.length; begin += parametersAtOnce) {
      const part = params.slice(begin, begin + parametersAtOnce);
      await this.#server.post('runs/log-batch', { run_id: this.#run.info.run_id, metrics: [], params: part, tags: [] });
    }
  }

  async #setStatus(status: 'RUNNING' | 'FINISHED'): Promise<void> {
    const update: Record<string, string | number> = { run_id: this.#run.info.run_id, status };
    if (status === 'FINISHED') {
      update.end_time = Date.now();
    }
    await this.#server.post('runs/update', update);
  }
}

interface Experiment {
  experiment: { experiment_id: string };
}

async function openExperiment(server: MlflowServer, name: string): Promise<string> {
  const byName = () => server.find<Experiment>('experiments/get-by-name', { experiment_name: name });
  const found = await byName();
  if (found !== undefined) {
    return found.experiment.experiment_id;
  }
  try {
    return (await server.post<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
  } catch (error) {
    // Folds that begin at once may make it at once.
    const made = await byName();
    if (made === undefined) {
      throw error;
    }
    return made.experiment.experiment_id;
  }
}

async function findRun(server: MlflowServer, experimentId: string, run: string): Promise<ServerRun | undefined> {
  const { runs = [] } = await server.post<{ runs?: ServerRun[] }>('runs/search', {
    experiment_ids: [experimentId],
    filter: `tags.\`${nameTag}\` = '${run.replaceAll("'", '')}'`,
    max_results: 1,
    order_by: ['attributes.start_time DESC'],
  });
  return runs.at(0);
}

async function createRun(server: MlflowServer, experimentId: string, run: string): Promise<ServerRun> {
  const answer = await server.post<{ run: ServerRun }>('runs/create', {
    experiment_id: experimentId,
    run_name: run,
    start_time: Date.now(),
    tags: [
      { key: 'mlflow.runName', value: run },
      { key: nameTag, value: run.replaceAll("'", '') },
    ],
  });
  return answer.run;
}
