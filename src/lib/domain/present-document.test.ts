import { expect, test } from 'vitest';
import { findDocument, serveProven, serveToAuthor } from './catalogue.ts';
import type { CompareBlock, DocumentBlock, LessonDocument, ProgramBlock } from './document.ts';
import type { Lesson } from './exercise.ts';
import { presentDocument } from './present-document.ts';
import type { DocumentProof, Evidence } from './proof.ts';

const highlight = (source: string) => [[{ kind: 'text' as const, text: source, className: '' }]];
const evidence = (change: Partial<Evidence>): Evidence => ({
  ...{ id: 'e', outcome: 'finished', error: null, stdout: '', values: {}, counts: {} },
  ...change,
});

const program = {
  ...{ kind: 'program', id: 'one', title: 'One', program: 'print(1)\n', serve: {}, drive: '' },
  ...{ output: '1\n', raises: null },
} as unknown as ProgramBlock;
const compare = {
  ...{
    kind: 'compare',
    id: 'two',
    title: 'Two ways',
    serve: {},
    drive: 'd\n',
    unit: 'ms',
    ratio: 2,
  },
  before: { label: 'Slow', program: 'slow', holds: 'secret == 1' },
  after: { label: 'Quick', program: 'quick', holds: null },
} as unknown as CompareBlock;
const figure: DocumentBlock = { kind: 'figure', svg: '<svg/>', alt: 'A loop', caption: 'It turns' };

const document: LessonDocument = {
  ...{ name: 'learn', contentVersion: 'v1', file: 'learn.md', headings: [] },
  blocks: [{ kind: 'text', html: '<p>a</p>' }, figure, program, compare],
};
const proof: DocumentProof = {
  ...{ name: 'learn', status: 'proven', findings: [], contentVersion: 'v1', runs: 11 },
  ...{ versions: { django: '5.2' }, provenAt: '2026-11-25T10:00:00.000Z' },
  programs: [{ id: 'one', evidence: evidence({ stdout: '1\n' }) }],
  compares: [
    {
      id: 'two',
      before: evidence({ values: { at_once: 1 } }),
      after: evidence({ values: { at_once: 3 } }),
      figures: {
        before: { median: 300, least: 290, most: 320, runs: 5 },
        after: { median: 100, least: 90, most: 110, runs: 5 },
      },
    },
  ],
};

test('a document shows its blocks in their order, and a stamp of what was run for it', () => {
  const view = presentDocument({ document, proof }, highlight);
  expect(view.blocks.map(({ kind }) => kind)).toEqual(['text', 'figure', 'program', 'compare']);
  expect(view.hallmark).toEqual({
    ...{ ran: '3 programs run', versions: { django: '5.2' }, provenAt: proof.provenAt },
  });
});

test('a program shows what its run printed, and what an editor begins with', () => {
  const [, , shown] = presentDocument({ document, proof }, highlight).blocks;
  expect(shown).toMatchObject({
    id: 'one',
    output: '1',
    error: null,
    source: 'print(1)',
    drive: [],
  });
});

test('a measurement shows both figures, how they compare and what was counted', () => {
  const shown = presentDocument({ document, proof }, highlight).blocks[3];
  expect(shown).toMatchObject({
    ...{ measured: 3, measuredAt: proof.provenAt, ratio: 2, unit: 'ms' },
    before: { label: 'Slow', figure: { median: 300 }, values: { at_once: 1 } },
    after: { label: 'Quick', figure: { median: 100 }, values: { at_once: 3 } },
  });
});

test('without figures of this host a measurement has none, and no day', () => {
  const fromLock: DocumentProof = {
    ...proof,
    provenAt: null,
    compares: proof.compares.map((each) => ({ ...each, figures: null })),
  };
  expect(presentDocument({ document, proof: fromLock }, highlight).blocks[3]).toMatchObject({
    ...{ measured: null, measuredAt: null },
    before: { figure: null, values: { at_once: 1 } },
  });
});

test('text that runs nothing has no stamp', () => {
  const plain = { ...document, blocks: document.blocks.slice(0, 2) };
  const nothing = { ...proof, programs: [], compares: [] };
  expect(presentDocument({ document: plain, proof: nothing }, highlight).hallmark).toBeNull();
});

const lesson = {
  id: 'a/b/c',
  exercises: [],
  documents: [document],
  project: null,
} as unknown as Lesson;

test.each<[string, DocumentProof[]]>([
  ['there is no proof', []],
  ['it is refuted', [{ ...proof, status: 'refuted' }]],
  ['it is not proven yet', [{ ...proof, status: 'unproven' }]],
  ['the proof is of another version', [{ ...proof, contentVersion: 'v0' }]],
  ['the proof is of another document', [{ ...proof, name: 'why' }]],
])('a document is held back from learners when %s', (_, proofs) => {
  const held = serveProven([lesson], new Map(), new Map([[lesson.id, proofs]]));
  expect(findDocument(held.lessons[0]!, 'learn')).toBeUndefined();
});

test('a proven document is served, and its author sees it in any case', () => {
  const served = serveProven([lesson], new Map(), new Map([[lesson.id, [proof]]]));
  expect(findDocument(served.lessons[0]!, 'learn')).toEqual({ document, proof });
  const shown = serveToAuthor([lesson], []);
  expect(findDocument(shown.lessons[0]!, 'learn')?.proof).toMatchObject({ status: 'unproven' });
});
