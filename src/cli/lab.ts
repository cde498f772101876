import { parseArgs } from 'node:util';
import { emptyFixture } from '#lib/domain/fixture.ts';
import { harmlessText } from '#lib/domain/harmless-text.ts';
import { installedRuntime } from '#lib/domain/installed-runtime.ts';
import { labBounds, labServers, mostOpen, type LabLoad, type LabResult } from '#lib/domain/lab.ts';
import { openLab } from '#lib/server/app.ts';
import { CommandProblem } from './command-problem.ts';
import { readConfig } from './read-config.ts';
import { readFixture } from './read-fixture.ts';
import { readProgram } from './read-program.ts';
import { harmlessJson } from './terminal-text.ts';

const usage = `assay lab run FILE|- --server asgi|wsgi [--serve /PATH=VIEW ...] [options] [--json]
  Serves the program's views with real uvicorn (asgi) or gunicorn (wsgi), puts a load on them, and says
  what a client saw of it. Exit code 0 only when the load was over and every request was answered.

  --server NAME      asgi: uvicorn. wsgi: gunicorn, with threads
  --serve /PATH=VIEW which view answers where; may be given again. Left out: \`view\` at /
  --path PATH        what the client asks for, with a query if need be; left out: the first that is served
  --requests N       how many requests               --at-once N    how many of them are open at a time
  --wait MS          how long the upstream takes     --cpu MS       what the program finds as CPU_MS
  --workers N        processes                       --threads N    threads of each (wsgi only)
  --wall-ms N        the longest time on the clock
  --fixture DIR      a lesson's folder \`fixture\`
  --json             prints one object for machines

  The program finds the address of the slow upstream as os.environ["UPSTREAM"], and WAIT_MS and CPU_MS.

  assay lab run view.py --server asgi --requests 20 --at-once 20 --wait 500
`;

const numbers: Record<string, keyof typeof labBounds> = {
  ...{ requests: 'requests', 'at-once': 'atOnce', wait: 'waitMs', cpu: 'cpuMs' },
  ...{ workers: 'workers', threads: 'threads' },
};
const mostWallMs = 120_000;

const text = { type: 'string' } as const;
const options = {
  ...{ server: text, path: text, fixture: text, 'wall-ms': text },
  serve: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  ...Object.fromEntries(Object.keys(numbers).map((name) => [name, text])),
} as const;

/** @returns The exit code. @throws CommandProblem */
export async function labCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [verb, file, ...more] = positionals;
  if (verb !== 'run' || file === undefined || more.length > 0) {
    throw new CommandProblem('Name exactly one program.', 'assay lab run view.py --server asgi');
  }
  const server = labServers.find((name) => name === values.server);
  if (!server) {
    const found = values.server === undefined ? 'nothing' : values.server;
    throw new CommandProblem(`--server: expected asgi or wsgi, found ${found}.`, '--server asgi');
  }
  const load = Object.fromEntries(
    Object.entries(numbers).flatMap(([name, field]) => {
      const given = (values as Record<string, unknown>)[name];
      return given === undefined ? [] : [[field, numberOf(name, given, labBounds[field])]];
    }),
  ) as Partial<LabLoad>;
  const wall = values['wall-ms'];
  const request = {
    ...(await readProgram(file).then(({ source, fileName }) => ({ program: source, fileName }))),
    ...(values.fixture === undefined ? emptyFixture : await fixtureIn(values.fixture)),
    ...{ runtime: installedRuntime, server, serve: servedBy(values.serve ?? ['/=view']) },
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(wall === undefined
      ? {}
      : { limits: { wallMs: numberOf('wall-ms', wall, [1, mostWallMs]) } }),
    ...load,
  };
  const lab = openLab(readConfig());
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.on('SIGINT', interrupt);
  try {
    const result = await lab.runLab(request, { owner: 'author', signal: interruption.signal });
    if (values.json) process.stdout.write(`${harmlessJson(result)}\n`);
    else show(result);
    const { requests, answered } = result.client;
    return result.outcome === 'finished' && answered === requests.length ? 0 : 1;
  } finally {
    process.off('SIGINT', interrupt);
    await lab.close();
  }
}

function numberOf(name: string, given: unknown, [least, most]: readonly [number, number]): number {
  const number = /^\d{1,9}$/.test(String(given)) ? Number(given) : NaN;
  if (number >= least && number <= most) return number;
  throw new CommandProblem(
    `--${name}: expected a whole number from ${least} to ${most}, found ${String(given)}.`,
    `Give such a number, or leave --${name} out.`,
  );
}

function servedBy(given: string[]): Record<string, string> {
  const pairs = given.map((each) => {
    const found = /^(\/[^=]*)=([^=]+)$/.exec(each);
    if (found) return [found[1]!, found[2]!];
    throw new CommandProblem(`--serve: expected /PATH=VIEW, found ${each}.`, '--serve /slow=slow');
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

async function fixtureIn(folder: string) {
  const problems: CommandProblem[] = [];
  const fixture = await readFixture(folder, (problem) => void problems.push(problem));
  if (problems[0]) throw problems[0];
  return fixture;
}

/** For a person: what was printed, how it ended, and the figures. */
function show({ outcome, error, stdout, stderr, client, upstream, loop, spans }: LabResult): void {
  process.stdout.write(harmlessText(stdout));
  process.stderr.write(harmlessText(stderr));
  const ms = (value: number | null) => (value === null ? '-' : `${value.toFixed(0)} ms`);
  const lines = [
    `${outcome}${error ? `: ${error.type}: ${error.message}` : ''}`,
    `answered   ${client.answered} of ${client.requests.length} in ${ms(client.wallMs)}, ${client.perSecond.toFixed(1)} a second`,
    `latency    median ${ms(client.medianMs)}, 95 of 100 within ${ms(client.p95Ms)}`,
    `open       ${mostOpen(spans)} views at once; ${upstream.maxOpen} calls of the upstream at once, ${upstream.count} in all`,
    ...(loop ? [`loop       ${loop.ticks} turns, the longest gap ${ms(loop.longestGapMs)}`] : []),
  ];
  process.stdout.write(`${harmlessText(lines.join('\n'))}\n`);
}
