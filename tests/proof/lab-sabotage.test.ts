/**
 * Every claim of our lessons' labs, with its scenario spoilt: the claim is refuted. A claim that held whatever the
 * views do would say nothing.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lesson } from '../../src/lib/domain/exercise.ts';
import type { LabScenario, LessonLab } from '../../src/lib/domain/lesson-lab.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { proveLab } from '../../src/lib/server/proof/lab/prove-lab.ts';
import { openLabBench, type RealLabBench } from './lab-bench.ts';
import { edit } from './lesson-on-disk.ts';
import { ourContent } from './real-bench.ts';

/** What is done to one scenario. Waits are cut short: what refutes a claim does not hang on them. */
interface Spoilt {
  load?: Partial<LabScenario['load']>;
  /** Pieces of the program, each of which stands there once, and what is put in their place. */
  program?: [from: string, to: string][];
}

/** Scenarios that are spoilt together, and the claims that are refuted by it, as they are written. */
interface Sabotage {
  title: string;
  spoilt: Record<string, Spoilt>;
  refuted: string[];
}

const asksAwaiting = 'answer = await client.get(os.environ["UPSTREAM"])';
const asksBlocking = 'answer = client.get(os.environ["UPSTREAM"])';

const sabotages: Sabotage[] = [
  {
    title: 'what awaited blocks, what blocked is awaited, and there are fewer threads',
    spoilt: {
      'async-waits': {
        load: { waitMs: 100 },
        program: [
          ['import os\n', 'import os\nimport time\n'],
          [asksAwaiting, 'time.sleep(int(os.environ["WAIT_MS"]) / 1000)'],
          ['answer.text', '"slept"'],
        ],
      },
      'sync-waits': { load: { waitMs: 100, threads: 2 } },
      'async-blocks': {
        program: [
          ['httpx.Client', 'httpx.AsyncClient'],
          [asksBlocking, asksAwaiting],
        ],
      },
      'to-thread': {
        program: [
          ['ask = sync_to_async(client.get)', 'ask = client.get'],
          ['await ask(', 'ask('],
        ],
      },
      'async-under-wsgi': {
        load: { threads: 2 },
        program: [
          ['async with httpx.AsyncClient(timeout=60) as client:', 'if True:'],
          [asksAwaiting, 'answer = httpx.Response(200, text="at once")'],
        ],
      },
    },
    refuted: [
      'async-waits.open == 20',
      'sync-waits.open == 4',
      'async-waits.per-second >= 2.5 * sync-waits.per-second',
      'async-blocks.open == 1',
      'async-blocks.ticks == 0',
      'to-thread.upstream-open == 5',
      'to-thread.ticks >= 1',
      'to-thread.per-second >= 2 * async-blocks.per-second',
      'async-under-wsgi.open == 4',
      'async-under-wsgi.per-second <= 1.5 * sync-waits.per-second',
    ],
  },
  {
    title: 'what was gathered is awaited one by one, and the other way round',
    spoilt: {
      'one-by-one': {
        load: { waitMs: 300 },
        program: [
          ['import os\n', 'import asyncio\nimport os\n'],
          ['[await ask(), await ask(), await ask()]', 'await asyncio.gather(ask(), ask(), ask())'],
        ],
      },
      gather: {
        load: { waitMs: 300 },
        program: [
          ['await asyncio.gather(ask(), ask(), ask())', '[await ask(), await ask(), await ask()]'],
        ],
      },
      'async-orm': {
        load: { waitMs: 300 },
        program: [
          ['await users.aget(username=name)', 'await asyncio.to_thread(users.get, username=name)'],
        ],
      },
    },
    refuted: [
      'one-by-one.upstream-open == 3',
      'gather.upstream-open == 9',
      'async-orm.upstream-open == 3',
      'one-by-one.median-ms >= 2 * gather.median-ms',
      'async-orm.median-ms >= 2 * gather.median-ms',
    ],
  },
  {
    title: 'the async view waits where it computed',
    spoilt: {
      'async-computes': {
        program: [
          ['import os\n', 'import asyncio\nimport os\n'],
          ['    compute()\n', '    await asyncio.sleep(0.05)\n'],
        ],
      },
    },
    refuted: [
      'async-computes.ticks == 0',
      'async-computes.wall-ms >= 2 * to-thread.wall-ms',
      'async-computes.per-second <= 3 * sync-computes.per-second',
    ],
  },
  {
    title:
      'a plain view is async and has nothing to compute, an async one is plain, and one more blocks',
    spoilt: {
      'async-waits': {
        program: [
          ['import os\n', 'import time\n'],
          ['async def', 'def'],
          [asksAwaiting, 'time.sleep(0.3)'],
          ['answer.text', '"slept"'],
        ],
      },
      'sync-computes': {
        program: [['def report(request):\n    compute()\n', 'async def report(request):\n']],
      },
      'sync-middleware': {
        program: [
          [asksAwaiting, 'time.sleep(0.1)'],
          ['answer.text', '"slept"'],
        ],
      },
    },
    refuted: [
      'async-waits.threads == 1',
      'sync-middleware.open == 20',
      'sync-middleware.per-second >= 0.5 * async-waits.per-second',
      'sync-computes.ticks >= 1',
      'sync-computes.wall-ms >= 2 * to-thread.wall-ms',
    ],
  },
];

let bench: RealLabBench;
let lesson: Lesson;
let lab: LessonLab;

beforeAll(async () => {
  bench = await openLabBench();
  const { lessons } = await loadCatalogue([ourContent]);
  lesson = lessons.find(({ id }) => id === 'django/async/when-async-helps')!;
  lab = lesson.lab!;
});
afterAll(() => bench?.close());

/** The claims, and of the scenarios those that they speak of. */
function spoil({ spoilt, refuted }: Sabotage): LessonLab {
  const claims = lab.claims.filter(({ holds }) => refuted.includes(holds));
  const spokenOf = claims.flatMap(({ inequality: { left, right } }) => [
    left.scenario,
    ...(right ? [right.scenario] : []),
  ]);
  const scenarios = lab.scenarios.flatMap((scenario) => {
    if (!spokenOf.includes(scenario.id)) return [];
    const { load = {}, program = [] } = spoilt[scenario.id] ?? {};
    return {
      ...scenario,
      load: { ...scenario.load, ...load },
      program: program.reduce((text, [from, to]) => edit(text, from, to), scenario.program),
    };
  });
  return { ...lab, claims, scenarios };
}

test('every claim of the lab is refuted by one of these', () => {
  const refuted = sabotages.flatMap((sabotage) => sabotage.refuted);
  expect(refuted.toSorted()).toEqual(lab.claims.map(({ holds }) => holds).toSorted());
});

test.each(sabotages)('refuted: $title', { timeout: 600_000 }, async (sabotage) => {
  const spoilt = spoil(sabotage);
  const proof = await proveLab({ ...lesson, lab: spoilt }, bench);
  const verdicts = proof!.claims.map(({ id, verdict }) => {
    return [spoilt.claims.find((claim) => claim.id === id)!.holds, verdict];
  });
  expect(Object.fromEntries(verdicts)).toEqual(
    Object.fromEntries(sabotage.refuted.map((holds) => [holds, 'refuted'])),
  );
  expect(proof!.status).toBe('refuted');
});
