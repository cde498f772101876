/** Runs of what a lesson shows: the learner brings the text, the site what belongs to it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunCaller } from './run-caller.ts';
import {
  readWorkbenchExercise,
  startWorkbenchSite,
  workbenchLesson,
  type WorkbenchExercise,
} from './workbench-site.ts';

let site: { url: string; stop: () => Promise<void> };
let exercise: WorkbenchExercise;
let of: { lesson: string; exercise: string };

beforeAll(async () => {
  site = await startWorkbenchSite();
  exercise = await readWorkbenchExercise();
  of = { lesson: workbenchLesson, exercise: exercise.uid };
});
afterAll(() => site.stop());

const ask = (request: object) => new RunCaller(site.url).run({ of, ...request });

describe('a run of an exercise that code answers', () => {
  it('serves its views, has its other files, and is driven by its demo', async () => {
    const program = exercise.program.replace('None', 'await sources.rate("euro")');
    const { body } = await ask({ program });
    expect(body).toMatchObject({ outcome: 'finished', stdout: "asked\n200 {'euro': 1.1}\n" });
    expect(body).not.toHaveProperty('observations');
  });

  it('shows what a program does, and no verdict: one that is wrong finishes as well', async () => {
    const { body } = await ask({ program: exercise.program });
    expect(body).toMatchObject({ outcome: 'finished', stdout: "asked\n200 {'euro': None}\n" });
    expect(Object.keys(body)).not.toContain('verdict');
  });

  it('finds nothing of the check or of the answer, wherever it looks', async () => {
    const { body, text } = await ask({
      program: [
        'import gc, glob, sys',
        'def page(request): pass',
        'for path in glob.glob("**", recursive=True): print(path)',
        'kept = [each for each in gc.get_objects() if isinstance(each, dict)]',
        'print([value for each in kept for value in list(each.values()) if type(value) is str and "euro" in value and "rate" in value])',
        'print(sorted(vars(sys.modules["__main__"])))',
      ].join('\n'),
    });
    expect(body['outcome']).toBe('finished');
    expect(body['stdout']).toContain('sources.py');
    expect(text).not.toMatch(/assert body|await sources\.rate|mistakes/);
  });

  it('may not bring other files, nor call itself something else', async () => {
    const { status, body } = await ask({
      ...{ program: '', fileName: 'views.py' },
      files: { 'sources.py': '', 'other.py': '' },
    });
    expect(status).toBe(400);
    expect(body['problems']).toMatchObject([{ path: '/fileName' }]);
    const other = await ask({ program: '', files: { 'sources.py': '', 'other.py': '' } });
    expect(other.body['problems']).toMatchObject([
      { path: '/files/sources.py' },
      { path: '/files/other.py' },
    ]);
  });

  it('is another run than that of the same program alone, under the same id', async () => {
    const caller = new RunCaller(site.url);
    const request = { id: crypto.randomUUID(), program: 'print(1)\ndef page(request): pass\n' };
    expect((await caller.run({ ...request, of })).body['stdout']).toMatch(/^1\nasked/);
    expect((await caller.run({ ...request, of })).body['stdout']).toMatch(/^1\nasked/);
    expect((await caller.run(request)).status).toBe(409);
  });
});

describe("a run of a program in a lesson's prose", () => {
  const program =
    'from django.http import JsonResponse\nasync def page(request): return JsonResponse({"mine": 1})\n';

  it("is driven as the text's own is, with the learner's text in its place", async () => {
    const own = { lesson: workbenchLesson, program: 'smallest' };
    const { body } = await new RunCaller(site.url).run({ of: own, program });
    expect(body).toMatchObject({ outcome: 'finished', stdout: "{'mine': 1}\n" });
  });

  it('has no other files', async () => {
    const own = { lesson: workbenchLesson, program: 'smallest' };
    const files = { 'sources.py': '' };
    const { status, body } = await new RunCaller(site.url).run({ of: own, program, files });
    expect(status).toBe(400);
    expect(body['problems']).toMatchObject([{ path: '/files/sources.py' }]);
  });
});
