/** Asks a site for runs, and holds every answer against what the site's own description says of it. */
import { z } from 'zod';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body, when it is JSON. */
  body: Record<string, unknown>;
}

export interface HeardEvent {
  kind: string;
  data: Record<string, unknown>;
}

type Json = Record<string, unknown>;
interface Content {
  schema: { $ref?: string };
  example?: unknown;
  'x-events'?: Record<string, { $ref: string }>;
}
interface Described {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content: Record<string, Content> }> }>
  >;
  components: { schemas: Json };
}

/** A new learner's cookie. */
export const newLearner = () =>
  `assay_learner=${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;

/** One caller of one site; without a cookie it is known by its address. */
export class RunCaller {
  readonly #url: string;
  readonly #path: string;
  readonly #headers: Record<string, string>;
  #described: Promise<Described> | null = null;

  /** @param path - Of what is asked: plain runs, or lab runs. */
  constructor(url: string, cookie: string | null = newLearner(), path = '/api/runs') {
    this.#url = url;
    this.#path = path;
    this.#headers = { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) };
  }

  /** Sends any body under any headers; the answer is checked against the description. */
  async send(
    body: BodyInit,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Answer> {
    return this.#read(await this.#post(body, headers, signal));
  }

  run(request: unknown, signal?: AbortSignal): Promise<Answer> {
    return this.send(JSON.stringify(request), {}, signal);
  }

  /** @yields Each event as it comes. */
  async *stream(request: unknown, signal?: AbortSignal): AsyncGenerator<HeardEvent> {
    const accept = { accept: 'text/event-stream' };
    const response = await this.#post(JSON.stringify(request), accept, signal);
    if (response.headers.get('content-type') !== 'text/event-stream') {
      throw new Error(`no stream but ${response.status}: ${await response.text()}`);
    }
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) if (!part.startsWith(':')) yield await this.#event(part);
    }
    if (text !== '') throw new Error(`half of an event: ${text}`);
  }

  async description(): Promise<Described> {
    this.#described ??= fetch(`${this.#url}/api/openapi.json`).then(
      (response) => response.json() as Promise<Described>,
    );
    return this.#described;
  }

  /** The schema of this name, or reference, in the description; of a value that does not fit it throws. */
  async schema(named: string): Promise<z.ZodType> {
    const { components } = await this.description();
    const name = named.split('/').at(-1) ?? '';
    const resolved = (node: unknown): unknown => {
      if (Array.isArray(node)) return node.map(resolved);
      if (typeof node !== 'object' || node === null) return node;
      const { $ref } = node as { $ref?: string };
      if ($ref) return resolved(components.schemas[$ref.split('/').at(-1) ?? '']);
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolved(value)]));
    };
    const found = components.schemas[name];
    if (found === undefined) throw new Error(`no schema ${name} is described`);
    return z.fromJSONSchema(resolved(found) as Parameters<typeof z.fromJSONSchema>[0]);
  }

  #post(body: BodyInit, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    const isStream = body instanceof ReadableStream;
    return fetch(`${this.#url}${this.#path}`, {
      ...{ method: 'POST', body, headers: { ...this.#headers, ...headers } },
      ...(isStream ? { duplex: 'half' } : {}),
      ...(signal ? { signal } : {}),
    });
  }

  async #read(response: Response): Promise<Answer> {
    const { status, headers } = response;
    const text = await response.text();
    const type = headers.get('content-type') ?? '';
    const described = await this.#content(status, type);
    if (!described) throw new Error(`${status} ${type} is not described: ${text}`);
    const body = JSON.parse(text) as Json;
    (await this.schema(described.schema.$ref ?? '')).parse(body);
    return { status, headers, text, body };
  }

  /** What is described of such an answer. */
  async #content(status: number, type: string): Promise<Content | undefined> {
    const { paths } = await this.description();
    return paths[this.#path]?.['post']?.responses[String(status)]?.content[type];
  }

  async #event(text: string): Promise<HeardEvent> {
    const [, kind = '', json = ''] = /^event: (\w+)\ndata: ([^\n]*)$/.exec(text) ?? [];
    const data = JSON.parse(json) as Json;
    const described = await this.#content(200, 'text/event-stream');
    (await this.schema(described?.['x-events']?.[kind]?.$ref ?? kind)).parse(data);
    return { kind, data };
  }
}

/** All events to the end of the stream. */
export async function allOf(stream: AsyncGenerator<HeardEvent>): Promise<HeardEvent[]> {
  return Array.fromAsync(stream);
}
