import { describe, expect, it } from 'vitest';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { ReadGuess } from '#lib/domain/guess.ts';
import type { LabResult } from '#lib/domain/lab.ts';
import { showPerformance } from './show-performance.ts';

const lab = {
  ...{ title: 'A lab', intro: 'It is.', claims: [] },
  scenarios: ['slow', 'fast'].map((id, index, ids) => ({
    ...{ id, title: id, says: id, program: '', view: 'view', load: {}, knobs: [] },
    against: ids[1 - index],
  })),
};
const proof = {
  ...{ rounds: 3, versions: {}, provenAt: null, claims: [], machine: { cores: 2 } },
  scenarios: ['slow', 'fast'].map((id) => ({ id, run: `run of ${id}`, measured: {} })),
};
const lesson = {
  ...{ id: 'a/b/c', lab, title: '', summary: '', objectives: [], sources: [], minutes: {} },
  exercises: [],
};

function catalogueWith(served: object | null): ServedCatalogue {
  const rest = { exercises: [], documents: [], heldBack: 0, visualize: null };
  return { lessons: [{ lesson, ...rest, lab: served }] } as unknown as ServedCatalogue;
}

/** @param kept - Names of the runs that are on the shelf. */
async function show(
  guess: ReadGuess,
  {
    kept = ['run of slow', 'run of fast'],
    lessonId = 'a/b/c',
    served = { lab, proof },
  }: { kept?: string[]; lessonId?: string; served?: object | null } = {},
) {
  const asked: string[] = [];
  const found = await showPerformance(
    {
      catalogue: catalogueWith(served),
      store: {
        selectSolved: () => Promise.resolve(new Set<string>()),
        selectModes: () => Promise.resolve([]),
      },
      highlight: () => [],
      labRuns: {
        read: (run) => {
          asked.push(run);
          return Promise.resolve(kept.includes(run) ? ({ stdout: run } as LabResult) : null);
        },
      },
    },
    { learnerId: 'ada', lessonId, scenario: 'fast', guess },
  );
  return { found, asked };
}

const made: ReadGuess = { kind: 'made', guess: { open: 4, ms: null } };

describe('the page of measured scenarios', () => {
  it('has nothing read from the shelf before a guess, and says what is wrong with one', async () => {
    const { found, asked } = await show({ kind: 'none' });
    expect(found).toMatchObject({ shown: { performance: { measured: null }, problem: null } });
    const wrong = await show({ kind: 'wrong', problem: 'write a number' });
    expect(wrong.found).toMatchObject({
      shown: { performance: { measured: null, guess: null }, problem: 'write a number' },
    });
    expect([...asked, ...wrong.asked]).toEqual([]);
  });

  it.each<ReadGuess>([made, { kind: 'waived' }])(
    'has the runs of both once it is $kind',
    async (guess) => {
      const { found } = await show(guess);
      expect(found).toMatchObject({
        shown: {
          performance: {
            guess: guess.kind === 'made' ? guess.guess : null,
            measured: {
              chosen: { result: { stdout: 'run of fast' } },
              against: { scenario: 'slow' },
            },
          },
        },
      });
    },
  );

  it('says that nothing was measured where a run is gone, or all of it is held back', async () => {
    expect((await show(made, { kept: ['run of fast'] })).found).toEqual({ kind: 'not-measured' });
    expect((await show(made, { served: null })).found).toEqual({ kind: 'not-measured' });
  });

  it('is not there for a lesson that is not', async () => {
    expect((await show(made, { lessonId: 'a/b/x' })).found).toEqual({ kind: 'not-found' });
  });
});
