import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRequest, Sandbox } from '#lib/server/sandbox/port.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { proveLesson, type ProofDeps } from '#lib/server/proof/prove-catalogue.ts';
import { blanksPath, clearDisk, edit, goodFiles, lessonPath, onDisk } from './lesson-on-disk.ts';
import { memoryKeeper, openBench } from './real-bench.ts';

/** Each filling answers alike: which of them has stored something is seen in the database alone. */
const exercise = `uid: ex_stored
kind: blanks
difficulty: easy
objective: wait
pool: try
title: Storing a change
prompt: Change a title in the database.
program: |
  from django.http import JsonResponse
  from library.models import Book


  async def rename(request):
      book = await Book.objects.aget()
      book.title = "Emma"
      await book.<<1>>()
      return JsonResponse({"title": book.title})
serve:
  /: rename
drive: |
  response = await request("GET", "/")
  observe("body", response.json)
expect: |
  assert body == {"title": "Emma"}
  assert database.Book.objects.get().title == "Emma"
bank: [asave, adelete]
answers: [[asave]]
misconceptions:
  - { blank: 1, token: adelete, says: It takes the row out. }
hints:
  - Look for the method that writes a row.
solution:
  - It writes the row.
`;

let bench: Awaited<ReturnType<typeof openBench>>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => Promise.all([bench.close(), clearDisk()]));

async function prove(text: string, deps: ProofDeps) {
  const root = await onDisk({
    ...goodFiles(),
    [`${lessonPath}/fixture/library/models.py`]:
      'from django.db import models\n\n\nclass Book(models.Model):\n    title = models.CharField(max_length=80)\n',
    [`${lessonPath}/fixture/rows.py`]:
      'from library.models import Book\n\nBook.objects.create(title="?")\n',
    [blanksPath]: text,
  });
  const { lessons, findings } = await loadCatalogue([root]);
  expect(findings).toEqual([]);
  const lesson = lessons[0]!;
  const { exercises } = await proveLesson(
    { ...lesson, exercises: lesson.exercises.filter(({ uid }) => uid === 'ex_stored') },
    deps,
  );
  return exercises[0]!;
}

test('an expectation that speaks of `database` is proven by what each filling has stored', async () => {
  expect(await prove(exercise, bench)).toMatchObject({ status: 'proven', findings: [] });
  const other = edit(exercise, 'answers: [[asave]]', 'answers: [[adelete]]');
  const refuted = await prove(edit(other, 'token: adelete', 'token: asave'), bench);
  expect(refuted.status).toBe('refuted');
  expect(refuted.findings.map(({ found }) => found).join()).toContain('DoesNotExist');
});

test('what was stored is kept with the record of the run, and judged again without another run', async () => {
  const asked: RunRequest[] = [];
  const sandbox: Sandbox = {
    ...{ state: () => bench.sandbox.state('django-5.2'), close: async () => undefined },
    versions: (runtime) => bench.sandbox.versions(runtime),
    judge: (request) => bench.sandbox.judge(request),
    run: (request) => (asked.push(request), bench.sandbox.run(request)),
  };
  const deps = { ...bench, sandbox, keeper: memoryKeeper() };
  expect(await prove(exercise, deps)).toMatchObject({ status: 'proven' });
  expect(asked).toHaveLength(2);
  const stricter = edit(exercise, '.title == "Emma"', '.title == "Persuasion"');
  expect(await prove(stricter, deps)).toMatchObject({ status: 'refuted' });
  expect(asked).toHaveLength(2);
});
