import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { canStepDown, root } from '../contract/sandbox-under-test.ts';
import { type Attack, loadAttacks } from './attack-folders.ts';
import { labPatches } from './lab-layers.ts';
import { layerNames, layers } from './layers.ts';
import { type Layer, onlyInTheOuterJail, patchText, silencedCanaries } from './patches.ts';
import { planTrials, TrialBench } from './trials.ts';

const isRoot = process.getuid?.() === 0;
/** The outer jail is never root: where root cannot step down, there is nothing to start it as. */
const canBeJailed = !isRoot || canStepDown;

const attacks = loadAttacks().attacks.filter(
  ({ needs }: Attack) => !needs.includes('x86_64') || process.arch === 'x64',
);

describe('the table of layers', () => {
  it.each(layerNames)('finds what it takes away: %s', (name) => {
    const { patches = [], ...rest }: Layer = layers[name];
    const contents = new Map<string, string>();
    for (const patch of patches) {
      const before = contents.get(patch.file) ?? textOf(patch.file);
      const after = patchText(before, patch, name);
      expect(after).not.toBe(before);
      contents.set(patch.file, after);
    }
    expect(patches.length + Object.keys(rest).length).toBeGreaterThan(0);
  });

  it('says which layer it is whose text is gone', () => {
    const patch = { file: 'jail/doors.py', found: 'not there', instead: '' };
    expect(() => patchText('a', patch, 'seccomp')).toThrow(
      /layer seccomp: "not there" occurs 0 times/,
    );
  });

  it.each([silencedCanaries, onlyInTheOuterJail, ...labPatches])(
    'finds what every copy needs: %o',
    (patch) => {
      expect(patchText(textOf(patch.file), patch, 'of every copy')).toContain(patch.instead);
    },
  );
});

describe.runIf(canBeJailed)(
  'without the layers that stop it, and only then, an attack gets through',
  () => {
    for (const { without, attacks: tried } of planTrials(attacks)) {
      describe(`without ${without.join(', ')}`, () => {
        const bench = new TrialBench(without);
        afterAll(() => bench.close());
        for (const { attack, getsThrough } of tried) {
          it(`${attack.name} ${getsThrough ? 'gets through' : 'is still stopped'}`, async () => {
            const { through, saw } = await bench.try(attack);
            expect(through, saw).toBe(getsThrough);
          });
        }
      });
    }
  },
);

function textOf(file: string): string {
  return readFileSync(join(root, 'sandbox', file), 'utf8');
}
