import { reasonOf } from '@fractura/errors';
import { TrackingError } from './errors.js';

/** After so long an answer is not waited for any more. */
const answerSeconds = 30;

/**
 * Requests to a tracking server of MLflow. A user's name and password in the address are sent as HTTP's basic authentication.
 *
 * @see MLflow: REST API 2.0, mlflow/protos/service.proto; mlflow/store/artifact/http_artifact_repo.py
 */
export class MlflowServer {
  readonly #base: string;
  readonly #authorization: string | undefined;

  /** @throws TrackingError `server-invalid` */
  constructor(address: string) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw new TrackingError(`${address} is no address of an MLflow server.`, {
        code: 'server-invalid',
        remedy: 'Give it as http://host:5000.',
      });
    }
    if (url.username !== '') {
      const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
      this.#authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    }
    this.#base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  }

  /**
   * Asks for something.
   *
   * @returns undefined where it is not there.
   * @throws TrackingError `server-unreachable`, `server-refused`
   */
  async find<Answer>(method: string, query: Record<string, string>): Promise<Answer | undefined> {
    const answer = await this.#send(`mlflow/${method}?${new URLSearchParams(query).toString()}`, { method: 'GET' });
    return answer.status === 404 ? undefined : ((await this.#accept(method, answer)) as Answer);
  }

  /** Tells something. @throws TrackingError `server-unreachable`, `server-refused` */
  async post<Answer>(method: string, content: object): Promise<Answer> {
    const answer = await this.#send(`mlflow/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(content),
    });
    return (await this.#accept(method, answer)) as Answer;
  }

  /**
   * Puts a file among the artifacts that the server keeps itself.
   *
   * @param path below the server's root of artifacts.
   * @throws TrackingError `server-unreachable`, `server-refused`
   */
  async putArtifact(path: string, bytes: Uint8Array): Promise<void> {
    const way = path.split('/').map(encodeURIComponent).join('/');
    const answer = await this.#send(`mlflow-artifacts/artifacts/${way}`, { method: 'PUT', body: Buffer.from(bytes) });
    await this.#accept(path, answer);
  }

  async #send(path: string, request: RequestInit): Promise<Response> {
    const headers = new Headers(request.headers);
    if (this.#authorization !== undefined) {
      headers.set('authorization', this.#authorization);
    }
    try {
      return await fetch(`${this.#base}/api/2.0/${path}`, {
        ...request,
        headers,
        signal: AbortSignal.timeout(answerSeconds * 1000),
      });
    } catch (cause) {
      throw new TrackingError(`The MLflow server ${this.#base} does not answer: ${reasonOf(cause)}.`, {
        code: 'server-unreachable',
        remedy: 'See whether it runs and whether its address is right.',
        cause,
      });
    }
  }

  async #accept(what: string, answer: Response): Promise<unknown> {
    const text = await answer.text();
    if (!answer.ok) {
      throw new TrackingError(
        `The MLflow server ${this.#base} refuses ${what} with status ${answer.status} and says "${text.slice(0, 500).trim()}".`,
        { code: 'server-refused', remedy: 'See the server’s own log, and whether its address and user are right.' },
      );
    }
    return text === '' ? {} : (JSON.parse(text) as unknown);
  }
}
