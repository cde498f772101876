import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLab } from '#lib/server/sandbox/bubblewrap-lab.ts';
import type { Lab, LabRequest } from '#lib/server/sandbox/lab-port.ts';
import { labServers } from '#lib/domain/lab.ts';
import { canStepDown, options } from '../contract/sandbox-under-test.ts';
import { takeQuietCensus, whatIsLeft, type Census } from './census.ts';
import { runtime } from './companions.ts';
import { type LabAttack, loadLabAttacks } from './lab-attack-folders.ts';
import { type AblatedSandbox, startWithout } from './outer-jail.ts';
import { type Planted, plant } from './planted.ts';
import type { LayerName } from './layers.ts';

const patienceMs = 30_000;
const attacks = loadLabAttacks();
const canBeJailed = process.getuid?.() !== 0 || canStepDown;

const attempt = (lab: Lab, { program, load }: LabAttack, server: 'asgi' | 'wsgi') => {
  const few = { requests: 4, limits: { wallMs: 10_000 } };
  const asked = { ...few, ...load } as Pick<LabRequest, 'requests' | 'limits'>;
  return lab.runLab({ runtime, program, serve: { '/': 'view' }, server, ...asked });
};

const breaches = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
  (stdout + stderr).split('\n').filter((line) => line.startsWith('BREACH'));

describe('an attack on the lab that is stopped, and leaves nothing', () => {
  let planted: Planted;
  let lab: Lab;
  let before: Census;
  beforeAll(async () => {
    planted = await plant();
    lab = createLab(options);
    const { ready, problem } = await lab.state(runtime);
    expect(ready, problem).toBe(true);
    before = await takeQuietCensus(() => Promise.resolve());
    expect(before.processes).toBe(0);
  });
  afterAll(async () => {
    await lab.close();
    await planted.remove();
  });

  for (const attack of attacks) {
    it.each(labServers)(`${attack.name}, in %s: ${attack.attack}`, async (server) => {
      for (let time = 0; time < attack.times; time++) {
        const began = Date.now();
        const result = await attempt(lab, attack, server);
        const said = result.stdout + result.stderr;
        expect(breaches(result)).toEqual([]);
        expect(attack.outcome, `${said}\n${JSON.stringify(result.error)}`).toContain(
          result.outcome,
        );
        for (const text of attack.says) expect(said).toContain(text);
        expect(Date.now() - began).toBeLessThan(result.limits.wallMs + patienceMs);
        if (attack.client) {
          const { requests, answered } = result.client;
          const latencies = requests.map(({ sent, answered: at }) => (at === null ? 0 : at - sent));
          expect(answered).toBe(attack.client.answered);
          expect(latencies.reduce((sum, each) => sum + each, 0) / 1000).toBeGreaterThanOrEqual(
            attack.client.sum_of_latencies_at_least_ms,
          );
          expect(result.upstream.count).toBe(attack.client.upstream_calls);
        }
        for (const secret of Object.values(planted.secrets)) {
          expect(JSON.stringify(result)).not.toContain(secret);
        }
        expect(planted.connections()).toBe(0);
        const left = await whatIsLeft(before);
        expect(left, left.join('; ')).toEqual([]);
      }
    });
  }
});

/** Every set of layers that must be tried for an attack, and whether it gets through without them. */
function trialsOf({ sabotage }: LabAttack): { without: LayerName[]; getsThrough: boolean }[] {
  if (sabotage.length === 0) return [];
  const allButOne = sabotage.length === 1 ? [] : sabotage;
  return [
    { without: sabotage, getsThrough: true },
    ...allButOne.map((kept) => ({
      without: sabotage.filter((layer) => layer !== kept),
      getsThrough: false,
    })),
  ];
}

describe.runIf(canBeJailed)('without the layers that stop it, and only then', () => {
  let open: AblatedSandbox | null = null;
  afterAll(() => open?.remove());

  for (const attack of attacks) {
    for (const { without, getsThrough } of trialsOf(attack)) {
      const what = getsThrough ? 'gets through' : 'is still stopped';
      it(`an attack on the lab: ${attack.name} ${what} without ${without.join(', ')}`, async () => {
        open = await startWithout(without);
        // The copy's lab, started by the program of ours that stands in bubblewrap's place.
        const lab = createLab({ ...options, root: open.folder });
        const result = await attempt(lab, attack, 'wsgi');
        await lab.close();
        await open.remove();
        open = null;
        expect(breaches(result).length > 0, JSON.stringify(result).slice(0, 3_000)).toBe(
          getsThrough,
        );
      });
    }
  }
});
