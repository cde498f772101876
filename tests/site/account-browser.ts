/** A browser without JavaScript that keeps every cookie, as those that sign in do. */
export class Browser {
  readonly #base: string;
  readonly #origin: string;
  readonly #cookies: Map<string, string>;

  constructor(base: string, origin = base, cookies = new Map<string, string>()) {
    this.#base = base;
    this.#origin = origin;
    this.#cookies = cookies;
  }

  /** The same browser, led here by a page of another site. */
  from(origin: string): Browser {
    return new Browser(this.#base, origin, this.#cookies);
  }

  names(): string[] {
    return [...this.#cookies.keys()].sort();
  }

  cookie(name: string): string {
    return this.#cookies.get(name) ?? '';
  }

  get(path: string): Promise<Response> {
    return this.#fetch(path, {});
  }

  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#fetch(path, {
      method: 'POST',
      headers: { origin: this.#origin, accept: 'text/html' },
      body: new URLSearchParams(fields),
    });
  }

  /** What a script of one of our pages sends. */
  json(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Response> {
    return this.#fetch(path, {
      method,
      headers: { origin: this.#origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** What a page says, without its marks. */
  async text(path: string): Promise<string> {
    const html = await (await this.get(path)).text();
    return html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.#base}${path}`, {
      ...init,
      headers: {
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        ...(init.headers as Record<string, string> | undefined),
        ...(cookie ? { cookie } : {}),
      },
      redirect: 'manual',
    });
    for (const text of response.headers.getSetCookie()) this.#keep(text);
    return response;
  }

  #keep(text: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
    if (/max-age=0/i.test(text)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
