/**
 * What the count of what is due costs, which stands in the head of every page: the lesson's page for a learner with 2,000
 * rounds, and for one with none, asked in turn of the built site.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recogniseLearner } from '#lib/server/auth/learner-token.ts';
import { openStore } from '#lib/server/store/open-store.ts';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  root,
  startSite,
  tryPath,
  Visitor,
} from '../site/built-site.ts';
import { loadOurLesson } from '../site/our-exercises.ts';
import { p50, p95, printAim, printTable, shownMs } from './sandbox/statistics.ts';

const practised = 2_000;
const asked = 200;
const warmUps = 20;
/** Of a page without it. */
const aim = 1.2;

const page = tryPath.replace(/\/try$/, '');
const tokenOf = (letter: string) => letter.repeat(43);

/** Two years of rounds, in turn of every exercise that anybody may open. */
async function fill(dataDir: string): Promise<void> {
  const lesson = await loadOurLesson();
  const exercises = lesson.exercises.filter(({ pool }) => pool === 'try' || pool === 'challenge');
  const store = await openStore({ dataDir });
  const { id: learnerId } = recogniseLearner(tokenOf('a'));
  const step = (2 * 365 * 86_400_000) / practised;
  for (let index = 0; index < practised; index += 1) {
    const { uid: exerciseUid, contentVersion } = exercises[index % exercises.length]!;
    const round = Math.floor(index / exercises.length) + 1;
    const at = new Date(Date.now() - (practised - index) * step).toISOString();
    const ref = { learnerId, exerciseUid, contentVersion, round, at };
    if (round > 1) await store.startRound(ref);
    await store.recordAttempt({
      ...{ ...ref, key: `key-${index}`, orderShown: [], answer: ['a'], verdict: 'right' },
      ...{ evidenceId: 'e1', judged: null, helpUsed: 0, attemptsAllowed: 3 },
    });
  }
  await store.close();
}

async function measure(visitor: Visitor): Promise<number> {
  const began = performance.now();
  await (await visitor.get(page)).text();
  return performance.now() - began;
}

if (!existsSync(join(root, 'build/index.js'))) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build'], { cwd: root, stdio: 'ignore' });
}
const dataDir = await makeDataDir();
await prepareSite(dataDir);
await fill(dataDir);
const site = await startSite(dataDir);
try {
  const visitors = ['a', 'b'].map((letter) => {
    return new Visitor(site.url, { cookie: `assay_learner=${tokenOf(letter)}` });
  });
  const measured: number[][] = [[], []];
  for (let time = -warmUps; time < asked; time += 1) {
    for (const [index, visitor] of visitors.entries()) {
      const ms = await measure(visitor);
      if (time >= 0) measured[index]!.push(ms);
    }
  }
  const [many = [], none = []] = measured;
  const row = (name: string, ms: number[]) => [name, shownMs(p50(ms)), shownMs(p95(ms))];
  printTable(
    `The lesson's page, asked ${asked} times`,
    ['', 'p50', 'p95'],
    [row(`by a learner of ${practised} rounds`, many), row('by one of none', none)],
  );
  const ratio = p50(many) / p50(none);
  printAim(`at most ${aim} times the page without`, ratio.toFixed(2), ratio <= aim);
} finally {
  await site.stop();
  await removeDataDir(dataDir);
}
