import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openTracker } from '../src/index.js';

/** A request as the server got it. */
interface Received {
  method: string;
  path: string;
  authorization: string | undefined;
  content: unknown;
}

/** The requests, and answers as MLflow's server gives them, as far as the tracker looks at them. */
let received: Received[];
let found: object[];
let refuse: string | undefined;
let server: Server;
let address: string;

beforeEach(async () => {
  [received, found, refuse] = [[], [], undefined];
  server = createServer((request, answer) => {
    void read(request).then((content) => {
      const path = request.url!.replace('/api/2.0/', '');
      received.push({ method: request.method!, path, authorization: request.headers.authorization, content });
      if (refuse !== undefined && path.startsWith(refuse)) {
        answer.writeHead(400).end('{"error_code": "INVALID_PARAMETER_VALUE", "message": "No such run."}');
      } else if (path.startsWith('mlflow/experiments/get-by-name')) {
        answer.writeHead(404).end('{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "None."}');
      } else {
        answer.end(JSON.stringify(answers[path] ?? (path === 'mlflow/runs/search' ? { runs: found } : {})));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const run = { info: { run_id: 'r1', artifact_uri: 'mlflow-artifacts:/1/r1/artifacts' } };
const answers: Record<string, object> = {
  'mlflow/experiments/create': { experiment_id: '1' },
  'mlflow/runs/create': { run },
};

async function read(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  const text = Buffer.concat(parts).toString();
  return request.headers['content-type'] === 'application/json' ? JSON.parse(text) : text;
}

const open = (changes: { server?: string; restart?: boolean } = {}) =>
  openTracker({
    name: 'mlflow',
    folder: 'unused',
    server: address,
    experiment: 'exp',
    run: "fold'0",
    parameters: { lr: 0.01, long: 'x'.repeat(600) },
    ...changes,
  });
const calls = () => received.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);

test('a run is made with its parameters, a step is one request with its tag, the end sets the state', async () => {
  const tracker = await open();
  await tracker.add({ step: 0, time: 1000.5, scalars: { 'loss/train': -0.25, dice: NaN } });
  await tracker.add({ step: 0, time: 1001, scalars: { 'loss/train': 9 } });
  await tracker.finish({ 'validation/dice': 0.5 });
  expect(calls()).toEqual([
    'GET mlflow/experiments/get-by-name',
    'POST mlflow/experiments/create',
    'POST mlflow/runs/search',
    'POST mlflow/runs/create',
    'POST mlflow/runs/log-batch',
    'POST mlflow/runs/log-batch',
    'POST mlflow/runs/log-batch',
    'POST mlflow/runs/update',
  ]);
  expect(received[0].path).toContain('experiment_name=exp');
  expect(received[2].content).toMatchObject({ experiment_ids: ['1'], filter: "tags.`fractura.run` = 'fold0'" });
  expect(received[3].content).toMatchObject({
    run_name: "fold'0",
    tags: expect.arrayContaining([{ key: 'fractura.run', value: 'fold0' }]) as unknown,
  });
  const { params } = received[4].content as { params: { key: string; value: string }[] };
  expect(params).toEqual([
    { key: 'lr', value: '0.01' },
    { key: 'long', value: 'x'.repeat(500) },
  ]);
  expect(received[5].content).toEqual({
    run_id: 'r1',
    metrics: [{ key: 'loss/train', value: -0.25, timestamp: 1_000_500, step: 0 }],
    params: [],
    tags: [{ key: 'fractura.last_step', value: '0' }],
  });
  expect(received.at(-1)!.content).toMatchObject({ run_id: 'r1', status: 'FINISHED', end_time: expect.any(Number) });
});

test('a run that is there goes on after its last step, or is removed where it begins anew', async () => {
  found = [{ ...run, data: { tags: [{ key: 'fractura.last_step', value: '4' }] } }];
  const tracker = await open();
  expect(tracker.lastStep).toBe(4);
  expect(calls().slice(3)).toEqual(['POST mlflow/runs/update']);
  received = [];
  expect((await open({ restart: true })).lastStep).toBe(-1);
  expect(calls().slice(3, 5)).toEqual(['POST mlflow/runs/delete', 'POST mlflow/runs/create']);
});

test('pictures are put among the artifacts of the run, before its step is kept', async () => {
  const tracker = await open();
  received = [];
  await tracker.add({ step: 7, time: 1, scalars: {}, pictures: { example: Buffer.from('png') } });
  expect(calls()).toEqual([
    'PUT mlflow-artifacts/artifacts/1/r1/artifacts/example/00007.png',
    'POST mlflow/runs/log-batch',
  ]);
  expect(received[0].content).toBe('png');
});

test('a name and password in the address are sent as basic authentication, and not in the path', async () => {
  await open({ server: address.replace('//', '//me:p%40ss@') });
  const expected = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
  expect(new Set(received.map(({ authorization }) => authorization))).toEqual(new Set([expected]));
});

test('what the server refuses, that it does not answer, and what is no address is told', async () => {
  const tracker = await open();
  refuse = 'mlflow/runs/log-batch';
  await expect(tracker.add({ step: 0, time: 1, scalars: { a: 1 } })).rejects.toMatchObject({
    code: 'server-refused',
    message: expect.stringContaining('refuses runs/log-batch with status 400') as unknown,
  });
  // The step is not kept: it can be sent again.
  expect(tracker.lastStep).toBe(-1);
  await expect(open({ server: 'http://127.0.0.1:9' })).rejects.toMatchObject({ code: 'server-unreachable' });
  await expect(open({ server: 'mlruns' })).rejects.toMatchObject({ code: 'server-invalid' });
});
