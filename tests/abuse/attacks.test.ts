import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '#lib/server/sandbox/limits.ts';
import { sandboxUnderTest } from '../contract/sandbox-under-test.ts';
import { type Attack, loadAttacks } from './attack-folders.ts';
import { type Census, takeQuietCensus, whatIsLeft } from './census.ts';
import { besideCanaries, runSeveralHonest, runtime, whatAnHonestRunMisses } from './companions.ts';
import { driveNames, gradeProgram } from './drives.ts';
import { type Planted, plant } from './planted.ts';

/** How much longer than its limit a run may take on a busy machine. */
const patienceMs = 10_000;
const leastAttacks = 80;

const { attacks, problems } = loadAttacks();

const wellFormed = `attack: a
stopped_by: b
outcome: [finished]
sabotage: [seccomp]
breaks: { says: BREACH }
`;
const malformed = {
  'no-expectation': { 'program.py': '' },
  'no-yaml': { 'program.py': '', 'expect.yaml': 'attack: [' },
  'unknown-field': { 'program.py': '', 'expect.yaml': `${wellFormed}mode: x\n` },
  'unknown-layer': { 'program.py': '', 'expect.yaml': wellFormed.replace('seccomp', 'walls') },
};

let planted: Planted;
let before: Census;
beforeAll(async () => {
  planted = await plant();
});
const under = sandboxUnderTest();
beforeAll(async () => {
  // Before the count: the first runs load what later ones find loaded.
  expect(new Set(await runSeveralHonest(under.sandbox))).toEqual(new Set([null]));
  before = await takeQuietCensus(() => runSeveralHonest(under.sandbox));
});
afterAll(() => planted.remove());

function isMeaningful({ needs }: Attack): boolean {
  // The other needs are of ablation: here, with all layers on, nothing may get through at all.
  return process.arch === 'x64' || !needs.includes('x86_64');
}

async function attempt(attack: Attack) {
  const request = {
    runtime,
    program: attack.program,
    ...(attack.limits ? { limits: attack.limits as Record<string, number> } : {}),
  };
  const profile = attack.profile ?? 'driven';
  const secret = planted.secrets.expectation;
  if (!attack.judged) {
    return { result: await under.sandbox.run(request), verdict: 'none' as const };
  }
  return gradeProgram(under.sandbox, request, { profile, secret, grading: 'in-a-fork' });
}

describe('the attacks', () => {
  it(`are at least ${leastAttacks}`, () => {
    expect(attacks.length).toBeGreaterThanOrEqual(leastAttacks);
  });

  it('are all well-formed', () => {
    expect(problems).toEqual([]);
  });

  it('are refused with the file, what is expected and what is found, when malformed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-attacks-'));
    for (const [name, files] of Object.entries(malformed)) {
      mkdirSync(join(folder, name));
      for (const [file, text] of Object.entries(files)) {
        writeFileSync(join(folder, name, file), text);
      }
    }
    const read = loadAttacks(folder);
    rmSync(folder, { recursive: true });
    expect(read.attacks).toEqual([]);
    const says = ['no-expectation/expect.yaml: expected', 'no-yaml/expect.yaml: expected YAML'];
    expect(read.problems).toEqual([
      ...says.map((text) => expect.stringContaining(text)),
      expect.stringMatching(/^unknown-field\/expect\.yaml: .*"mode".*found:\nattack: a/s),
      expect.stringMatching(
        /^unknown-layer\/expect\.yaml: sabotage\.0: expected a layer .* found "walls"/,
      ),
    ]);
  });

  it.each(driveNames)('would pass if they knew the right answer, when %s', async (profile) => {
    const secret = planted.secrets.expectation;
    const program = `
from django.contrib.auth.models import User
from django.http import HttpResponse
async def store(): await User.objects.acreate(username="${secret}")
def answer(given): return "${secret}"
def view(request): return HttpResponse("${secret}")
`;
    const { verdict } = await gradeProgram(
      under.sandbox,
      { runtime, program },
      { profile, secret, grading: 'in-a-fork' },
    );
    expect(verdict).toBe('pass');
  });
});

describe('an attack that is stopped, and harms nobody', () => {
  for (const attack of attacks.filter(isMeaningful)) {
    it(`${attack.name}: ${attack.attack}`, async () => {
      const began = Date.now();
      let tookMs = 0;
      const { value, harm } = await besideCanaries(under.sandbox, () =>
        attempt(attack).finally(() => (tookMs = Date.now() - began)),
      );
      const { result, verdict } = value;
      const said = result.stdout + result.stderr;
      expect(said.split('\n').filter((line) => line.startsWith('BREACH'))).toEqual([]);
      expect(attack.outcome, said).toContain(result.outcome);
      if (attack.error !== undefined) expect(result.error?.type).toBe(attack.error);
      for (const text of attack.says ?? []) expect(said).toContain(text);
      expect(verdict).not.toBe('pass');
      expect(tookMs).toBeLessThan((attack.limits?.wallMs ?? defaultLimits.wallMs) + patienceMs);
      expect(harm).toBeNull();
      expect(await whatAnHonestRunMisses(under.sandbox)).toBeNull();
      const left = await whatIsLeft(before);
      expect(left, left.join('; ')).toEqual([]);
      for (const secret of Object.values(planted.secrets)) {
        expect(JSON.stringify(result)).not.toContain(secret);
      }
      expect(planted.connections()).toBe(0);
    });
  }
});
