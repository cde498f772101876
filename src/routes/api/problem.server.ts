/** Answers that say what was wrong with a request, in the form of RFC 9457. */

/** One thing that is wrong. */
export interface RequestProblem {
  /** Where: a JSON Pointer (RFC 6901) into the body, or the name of a header. */
  path: string;
  expected: string;
  found: string;
}

interface ProblemKind {
  status: number;
  title: string;
}

/** Every kind of problem that the API answers with; each is described in the API's description. */
export const problemKinds = {
  'bad-request': { status: 400, title: 'The request is not one that can be run' },
  'other-origin': { status: 403, title: 'The request comes from a page of another site' },
  'no-recording': { status: 404, title: 'There is no such recording' },
  'no-scenario': { status: 404, title: 'There is no such scenario' },
  'no-lab-run': { status: 404, title: 'There is no such lab run' },
  'other-request': { status: 409, title: 'This id names another run' },
  'too-large': { status: 413, title: 'The request is too large' },
  'not-json': { status: 415, title: 'The request is not JSON' },
  'unfit-load': { status: 422, title: 'The load is not one for this scenario' },
  'too-often': { status: 429, title: 'You ask too often' },
  'busy-owner': { status: 429, title: 'You have too many runs waiting' },
  busy: { status: 503, title: 'Too many runs are waiting' },
  'not-run': { status: 503, title: 'Programs cannot be run now' },
} satisfies Record<string, ProblemKind>;

export type ProblemType = keyof typeof problemKinds;

/** The body of such an answer. */
export interface Problem {
  /** A reference to where the kind is described. */
  type: string;
  title: string;
  status: number;
  /** What was wrong and what to do, in a sentence. */
  detail: string;
  problems: RequestProblem[];
}

/** The reference by which a kind of problem is known. */
export const problemUri = (type: ProblemType) => `/api/openapi.json#${type}`;

/** What an answer with a problem says beyond its kind. */
export interface Refusal {
  type: ProblemType;
  detail: string;
  problems?: RequestProblem[];
  /** When to ask again, in whole seconds. */
  retryAfterSeconds?: number | null;
}

export function problemResponse({
  type,
  detail,
  problems = [],
  retryAfterSeconds,
}: Refusal): Response {
  const { status, title } = problemKinds[type];
  const body: Problem = { type: problemUri(type), title, status, detail, problems };
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  });
  if (retryAfterSeconds != null) headers.set('retry-after', String(retryAfterSeconds));
  return new Response(JSON.stringify(body), { status, headers });
}
