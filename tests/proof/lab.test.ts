/** What is claimed of views under load: proven, kept, locked and served, by runs that are made up. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveProven } from '../../src/lib/domain/catalogue.ts';
import { presentAuthoring } from '../../src/lib/domain/present-authoring.ts';
import { proofText, unprovenText } from '../../src/lib/domain/proof-text.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { checkLocks } from '../../src/lib/server/proof/check-locks.ts';
import { labForServing } from '../../src/lib/server/proof/lab/lab-for-serving.ts';
import { FileProofKeeper } from '../../src/lib/server/proof/proof-keeper.ts';
import { lockOf, lockText, readLock, writeLock } from '../../src/lib/server/proof/proof-lock.ts';
import { proofFromLock } from '../../src/lib/server/proof/proof-from-lock.ts';
import {
  proveCatalogue,
  withFindings,
  type ProofDeps,
} from '../../src/lib/server/proof/prove-catalogue.ts';
import { LabShelf } from '../../src/lib/server/recordings/lab-shelf.ts';
import type { LabRequest } from '../../src/lib/server/sandbox/lab-port.ts';
import { lab, labFiles, labPath, labProgramPath } from './lab-on-disk.ts';
import { clearDisk, edit, lessonPath, lineOf, onDisk } from './lesson-on-disk.ts';
import { scriptedLab, type ScriptedLab, type ScriptedRun } from './scripted-lab.ts';
import { scriptedSandbox } from './scripted-sandbox.ts';

const machine = { processor: 'A', cores: 2, memoryBytes: 1, system: 'Linux 6.1' };
const made = { runtime: { name: 'django-5.2', versions: { django: '5.2' } }, harness: 'h1' };
const ratio = 'async-waits.wall-ms <= 0.8 * sync-waits.wall-ms';

let data: string;
let kept: { keeper: FileProofKeeper; labRuns: LabShelf };

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'assay-lab-'));
  kept = {
    keeper: new FileProofKeeper(join(data, 'proofs')),
    labRuns: new LabShelf(join(data, 'recordings')),
  };
});
afterEach(async () => {
  await rm(data, { recursive: true, force: true });
  await clearDisk();
});

/** What both scenarios come to where everything claimed is so. */
function asClaimed({ server }: LabRequest, before: number): ScriptedRun {
  return server === 'asgi'
    ? { open: 6, wallMs: 330 + before }
    : { open: 2, upstreamOpen: 2, wallMs: 640 + before };
}

/** The same, but for one of the two servers. */
const but =
  (of: LabRequest['server'], other: ScriptedRun | ((before: number) => ScriptedRun)) =>
  (request: LabRequest, before: number): ScriptedRun => {
    if (request.server !== of) return asClaimed(request, before);
    return typeof other === 'function' ? other(before) : { ...asClaimed(request, 0), ...other };
  };

const deps = (port: ScriptedLab): ProofDeps => ({
  sandbox: scriptedSandbox(
    () => ({}),
    () => true,
  ),
  ...{ ...made, keeper: null, tier: 'full', limits: {}, labHarness: 'l1' },
  labHost: { port, machine },
  now: () => '2026-01-02T03:04:05.000Z',
});
const keyParts = { ...made, labHarness: 'l1', tier: 'full' as const, limits: {} };

async function prove(script = asClaimed, change: Record<string, string> = {}) {
  const loaded = await loadCatalogue([await onDisk({ ...labFiles(), ...change })]);
  const port = scriptedLab(script);
  const proof = await proveCatalogue(loaded, deps(port));
  return { loaded, port, proof, of: proof.lessons[0]!.lab! };
}

describe('a lab', () => {
  test('is proven by three series of all scenarios, and counts in the totals', async () => {
    const { of, proof, port } = await prove();
    expect(of).toMatchObject({ status: 'proven', findings: [], rounds: 3, runs: 6, machine });
    expect(port.asked.map(({ server }) => server)).toEqual(
      [1, 2, 3].flatMap(() => ['asgi', 'wsgi']),
    );
    expect(port.asked[1]).toMatchObject({
      ...{ serve: { '/': 'report' }, requests: 6, atOnce: 6, waitMs: 200, threads: 2 },
      rows: expect.stringContaining('User.objects.create') as string,
    });
    expect(of.claims).toEqual([
      {
        ...{ id: expect.any(String) as string, verdict: 'holds', right: null },
        left: { least: 6, median: 6, most: 6 },
      },
      expect.objectContaining({ verdict: 'holds', left: { least: 2, median: 2, most: 2 } }),
      {
        ...{ id: expect.any(String) as string, verdict: 'holds' },
        left: { least: 330, median: 331, most: 332 },
        right: { least: 640, median: 641, most: 642 },
      },
    ]);
    expect(of.scenarios[0]).toMatchObject({
      ...{ id: 'async-waits', run: null },
      measured: { open: { median: 6 }, 'wall-ms': { least: 330, median: 331, most: 332 } },
    });
    expect(of.versions).toEqual({ django: '5.2', uvicorn: '0.1' });
    expect(proof.totals).toMatchObject({ claims: 3, runs: 6, refuted: 0 });
    expect(proofText(proof)).toContain(
      'proven    performance (lab; 2 scenarios, 3 claims, 6 runs)',
    );
  });

  test.each<[string, typeof asClaimed, Record<string, string>, object]>([
    [
      'a count that is not so',
      but('asgi', { open: 5 }),
      {},
      {
        line: lineOf(lab, 'holds: async-waits.open'),
        expected: 'that `async-waits.open == 6`',
        found: 'it held in 0 of 3 series; `async-waits.open` 5',
      },
    ],
    [
      'a ratio that is not so',
      but('asgi', (before) => ({ open: 6, wallMs: 600 + before })),
      {},
      {
        line: lineOf(lab, ratio),
        found:
          'it held in 0 of 3 series; `async-waits.wall-ms` 601 ms (600 to 602) against `sync-waits.wall-ms` 641 ms (640 to 642)',
      },
    ],
    [
      'an exception in a view, at its line of the program',
      but('asgi', {
        error: {
          type: 'ZeroDivisionError',
          message: 'division',
          line: 8,
          place: 'view',
          frames: [],
        },
      }),
      {},
      {
        ...{ file: labProgramPath, line: 8 },
        expected: 'the scenario `async-waits` to answer all of its requests, and no exception',
        found: 'ZeroDivisionError: division (line 8 of the program, in a view)',
      },
    ],
    [
      'an exception in a program that stands in the file',
      but('wsgi', {
        outcome: 'error',
        error: { type: 'ImportError', message: 'no', line: 2, place: 'load', frames: [] },
      }),
      {},
      {
        line: lineOf(lab, '      from urllib.request'),
        found: expect.stringContaining('ImportError'),
      },
    ],
    [
      'an answer with an error, with what was printed of it',
      but('wsgi', { status: 503, stderr: 'Traceback\nOSError: too many\n' }),
      {},
      {
        line: lineOf(lab, '- id: sync-waits'),
        found: 'request 1: 503; 0 of 6 answered so; it printed: OSError: too many',
      },
    ],
    [
      'a record that is not whole',
      but('asgi', { cut: true }),
      {},
      { line: lineOf(lab, '- id: async-waits'), found: 'more of its views than a record holds' },
    ],
    [
      'a load that is never over',
      but('wsgi', { outcome: 'time-limit' }),
      {},
      { line: lineOf(lab, '- id: sync-waits'), found: 'it was stopped at its time limit' },
    ],
    [
      'rows that cannot be made',
      but('asgi', {
        outcome: 'error',
        error: {
          ...{ type: 'FixtureRows', line: null, place: 'load', frames: [] },
          message: 'The rows failed in line 3: no such table',
        },
      }),
      {},
      { file: `${lessonPath}/fixture/rows.py`, line: 3 },
    ],
  ])('is refuted by %s', async (_, script, change, finding) => {
    const { of, proof } = await prove(script, change);
    expect(of.status).toBe('refuted');
    expect(of.findings).toMatchObject([{ file: labPath, ...finding }]);
    expect(proof.totals.refuted).toBe(1);
  });

  test('is refuted by all that is wrong with its scenarios at once, and not run on', async () => {
    const { of, port } = await prove(() => ({ status: 500 }));
    expect(of.findings).toHaveLength(2);
    expect(port.asked).toHaveLength(2);
    expect(of).toMatchObject({ claims: [], scenarios: [], runs: 2 });
  });

  test('is measured again where a claim is open, and then only what that has to do with', async () => {
    const only = { [labPath]: edit(lab, ratio, 'sync-waits.answered == 6') };
    const script = but('wsgi', (before) => ({ open: 2, upstreamOpen: before === 0 ? 1 : 2 }));
    const { of, port } = await prove(script, only);
    expect(of).toMatchObject({ status: 'proven', findings: [], rounds: 3, runs: 9 });
    expect(of.claims[1]).toMatchObject({ verdict: 'holds', left: { least: 1, median: 2 } });
    expect(port.asked.slice(6).map(({ server }) => server)).toEqual(['wsgi', 'wsgi', 'wsgi']);
  });

  test('is proven with a claim that no run could settle, and the author is told', async () => {
    // The host is busy all the time, so what speaks against the claim refutes nothing.
    const script = but('asgi', { wallMs: 630, lateMs: 300 });
    const { of, proof, loaded, port } = await prove(script);
    expect(port.asked).toHaveLength(18);
    expect(of).toMatchObject({ status: 'proven', runs: 18, rounds: 9 });
    expect(of.claims.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'inconclusive']);
    const finding = {
      ...{ file: labPath, line: lineOf(lab, ratio), expected: `that \`${ratio}\`` },
      found: expect.stringContaining(
        'inconclusive, which refutes nothing: it held in 0 of 9 series, in 0 of which the host was calm',
      ) as string,
    };
    expect(of.findings).toMatchObject([finding]);
    expect(proof.totals.refuted).toBe(0);
    expect(unprovenText(proof)).toContain('3 claims, 1 inconclusive, 18 runs');
    const { files } = presentAuthoring(loaded.lessons, proof.lessons, {
      ...{ version: 1, isProving: false },
    });
    expect(files).toMatchObject([{ findings: [finding] }]);
  });

  test('is tried once more where the host may be to blame', async () => {
    const script = but('asgi', (before) => (before === 0 ? { outcome: 'busy' } : { open: 6 }));
    const { of, port } = await prove(script);
    expect(of).toMatchObject({ status: 'proven', runs: 6 });
    expect(port.asked).toHaveLength(7);
  });

  test('is unproven, and not refuted, by a host that cannot run it', async () => {
    const { of, proof } = await prove(but('asgi', { outcome: 'infrastructure' }));
    expect(of).toMatchObject({
      ...{ status: 'unproven', claims: [] },
      findings: [{ file: labPath, line: lineOf(lab, '- id: async-waits') }],
    });
    expect(proof.totals.refuted).toBe(0);
  });

  test.each([
    ['without namespaces', scriptedLab(asClaimed, 'The lab needs a network of its own.')],
    ['that measures nothing', null],
  ])('is unproven on a host %s, and nothing is run', async (_, port) => {
    const loaded = await loadCatalogue([await onDisk(labFiles())]);
    const { labHost, ...others } = deps(port ?? scriptedLab(asClaimed));
    const proof = await proveCatalogue(loaded, port ? { ...others, labHost: labHost! } : others);
    expect(proof.lessons[0]!.lab).toMatchObject({
      ...{ status: 'unproven', runs: 0, claims: [] },
      findings: [{ file: labPath, line: 1, expected: 'a host that can put views under load' }],
    });
    expect(port?.asked ?? []).toEqual([]);
  });

  test('that is broken in its file takes its place in the report', async () => {
    const text = edit(edit(lab, 'server: asgi', 'server: x'), ratio, 'a.open == 1');
    const { proof, of, port } = await prove(asClaimed, { [labPath]: text });
    expect(of).toMatchObject({ status: 'refuted', findings: [{}, {}], runs: 0 });
    expect(port.asked).toEqual([]);
    expect(proof.lessons[0]!.findings).toEqual([]);
    expect(proof.totals).toMatchObject({ refuted: 1, claims: 0 });
  });

  test('that is not proven leads its author to its page', async () => {
    const { proof, loaded } = await prove(but('asgi', { open: 5 }));
    const view = presentAuthoring(loaded.lessons, proof.lessons, { version: 1, isProving: false });
    expect(view).toMatchObject({
      documents: [
        {
          ...{ title: 'Performance', status: 'refuted', findings: [{ file: labPath }] },
          href: '/learn/web/async/waiting/performance',
        },
      ],
      files: [],
    });
  });
});

describe('what is proven of a lab', () => {
  /** Proves with what is kept in the data folder. */
  async function proveKept(root: string, port = scriptedLab(asClaimed), change = {}) {
    const loaded = await loadCatalogue([root]);
    const proof = await proveCatalogue(loaded, { ...deps(port), ...kept, ...change });
    return { loaded, proof, port, of: proof.lessons[0]!.lab! };
  }

  test('is kept with the run in the middle of each scenario, and not run again', async () => {
    const root = await onDisk(labFiles());
    const { of, proof } = await proveKept(root);
    const walls = await Promise.all(
      of.scenarios.map(async ({ run }) => (await kept.labRuns.read(run!))!.client.wallMs),
    );
    expect(walls).toEqual([331, 641]);
    const again = await proveKept(root);
    expect(again.proof.lessons).toEqual(proof.lessons);
    expect(again.port.asked).toEqual([]);
  });

  test.each<[string, object]>([
    ['the lab is another', { labHarness: 'l2' }],
    ['the jail is another', { harness: 'h2' }],
    ['the framework is another', { runtime: { name: 'django-5.2', versions: { django: '5.3' } } }],
  ])('is measured again when %s', async (_, change) => {
    const root = await onDisk(labFiles());
    await proveKept(root);
    expect((await proveKept(root, scriptedLab(asClaimed), change)).port.asked).toHaveLength(6);
  });

  test('is measured again when a run is gone', async () => {
    const root = await onDisk(labFiles());
    await proveKept(root);
    await rm(join(data, 'recordings'), { recursive: true });
    expect((await proveKept(root)).port.asked).toHaveLength(6);
  });

  test('is not kept when it is refuted', async () => {
    const root = await onDisk(labFiles());
    const { of } = await proveKept(root, scriptedLab(but('asgi', { open: 5 })));
    expect(of.scenarios.map(({ run }) => run)).toEqual([null, null]);
    expect((await proveKept(root)).of.status).toBe('proven');
  });

  test('is served on the host that made it, and held back when something is wrong', async () => {
    const { loaded } = await proveKept(await onDisk(labFiles()));
    const served = async (of: typeof loaded) => {
      const proofs = await labForServing(of, kept, keyParts);
      return serveProven(of.lessons, new Map(), new Map(), new Map(), proofs).lessons[0]!.lab;
    };
    const shown = await served(loaded);
    expect(shown!.proof.scenarios.map(({ run }) => run)).toEqual([
      ...[expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)],
    ]);
    const finding = { file: labPath, line: 1, expected: 'a', found: 'b', fix: 'c' };
    const broken = { ...finding, lesson: 'web/async/waiting', isOfLab: true as const };
    expect(await served({ ...loaded, findings: [broken] })).toBeNull();
  });

  test('is served where nothing can be run any more, as long as the lock says that it holds', async () => {
    const { loaded, proof } = await proveKept(await onDisk(labFiles()));
    const served = async () => (await labForServing(loaded, kept, null)).get('web/async/waiting')!;
    expect(await served()).toMatchObject({
      ...{ status: 'unproven', findings: [{ found: 'none in the proof lock' }] },
    });
    const { folder } = loaded.lessons[0]!;
    await writeLock(folder, lockOf(proof.lessons[0]!, made));
    expect(await served()).toMatchObject({ status: 'proven', machine });
    await rm(join(data, 'recordings'), { recursive: true });
    expect(await served()).toMatchObject({
      ...{ status: 'unproven', findings: [{ expected: expect.stringContaining('a run of each') }] },
    });
  });
});

describe('the lock of a lab', () => {
  const inconclusive = but('asgi', { wallMs: 630, lateMs: 300 });

  async function locked(script = asClaimed) {
    const proven = await prove(script);
    const { folder } = proven.loaded.lessons[0]!;
    const lock = lockOf(proven.proof.lessons[0]!, made);
    await writeLock(folder, lock);
    return { ...proven, folder, lock };
  }

  test('has which claims hold, and nothing that another host would write otherwise', async () => {
    const { lock, folder, loaded } = await locked();
    expect(lock.lab!.claims.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'holds']);
    const slower = scriptedLab((request, before) => {
      const { wallMs = 0, ...run } = asClaimed(request, before);
      return { ...run, wallMs: wallMs * 3 };
    });
    const other = await proveCatalogue(loaded, deps(slower));
    expect(lockText(lockOf(other.lessons[0]!, made))).toBe(lockText(lock));
    expect((await checkLocks(loaded, other, 'h1')).proof.totals.refuted).toBe(0);
    expect((await readLock(folder)).lock).toEqual(lock);
  });

  test('does not differ by a claim that one of the two could not settle', async () => {
    const { loaded, lock } = await locked();
    const later = await proveCatalogue(loaded, deps(scriptedLab(inconclusive)));
    expect((await checkLocks(loaded, later, 'h1')).proof.totals.refuted).toBe(0);
    // Written anew, it does not take back what has held.
    expect(lockOf(later.lessons[0]!, made, lock)).toEqual(lock);
    const open = lockOf(later.lessons[0]!, made);
    expect(open.lab!.claims[2]!.verdict).toBe('inconclusive');
    const again = await locked(inconclusive);
    const settled = await proveCatalogue(again.loaded, deps(scriptedLab(asClaimed)));
    expect((await checkLocks(again.loaded, settled, 'h1')).proof.totals.refuted).toBe(0);
  });

  test.each<[string, (text: string) => string, string]>([
    [
      'another version of it',
      (text) => text.replace(/("lab": \{\s*"contentVersion": ")[0-9a-f]+/, '$1abc'),
      'the lock of another version of it (abc)',
    ],
    [
      'other claims',
      (text) => text.replace(/,\s*\{\s*"id": "[0-9a-f]+",\s*"verdict": "holds"\s*\}\s*\]/, ']'),
      expect.stringMatching(/^[0-9a-f]{16}, [0-9a-f]{16}$/),
    ],
  ])('of %s refutes it, at its line there', async (_, change, found) => {
    const { loaded, proof, lock, folder } = await locked();
    await writeLock(folder, JSON.parse(change(lockText(lock))) as typeof lock);
    const checked = await checkLocks(loaded, proof, 'h1');
    expect(checked.proof.totals.refuted).toBe(1);
    expect(checked.proof.lessons[0]!.lab).toMatchObject({
      status: 'refuted',
      findings: [
        { file: `${lessonPath}/proof.lock.json`, line: lineOf(lockText(lock), '  "lab":'), found },
      ],
    });
  });

  test('is missed where it has nothing of it', async () => {
    const { loaded, proof, lock, folder } = await locked();
    const { lab: _, ...without } = lock;
    await writeLock(folder, without);
    const { lessons } = (await checkLocks(loaded, proof, 'h1')).proof;
    expect(lessons[0]!.lab!.findings).toMatchObject([{ found: 'nothing of it' }]);
  });

  test('has nothing to show by itself', async () => {
    const { loaded, lock } = await locked();
    expect(proofFromLock(loaded.lessons[0]!, lock).lab).toMatchObject({
      ...{ status: 'unproven', scenarios: [] },
      findings: [{ file: labPath, line: 1 }],
    });
    expect(withFindings([proofFromLock(loaded.lessons[0]!, lock)], [])).toHaveLength(1);
  });
});
