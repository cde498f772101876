/** Catalogues written to temporary folders, for tests that read or prove them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const lessonPath = 'web/async/01-waiting';
export const blanksPath = `${lessonPath}/exercises/read-one.yaml`;
export const choicePath = `${lessonPath}/exercises/who-waits.yaml`;
export const codePath = `${lessonPath}/exercises/which-code.yaml`;

/** A catalogue in which nothing is wrong: one lesson, an exercise of each form. */
export function goodFiles(): Record<string, string> {
  return {
    'web/track.yaml': 'title: Web\n',
    'web/async/unit.yaml': 'title: Async\n',
    [`${lessonPath}/lesson.yaml`]: lesson,
    [`${lessonPath}/fixture/rows.py`]:
      'from django.contrib.auth.models import User\n\nUser.objects.create(username="bo")\n',
    [blanksPath]: blanks,
    [choicePath]: choice,
    [codePath]: code,
  };
}

const lesson = `title: Waiting
summary: What waits and what does not.
objectives:
  - id: wait
    text: Tell what waits.
runtime: django-5.2
minutes:
  try: 5
sources:
  - title: Django documentation
    version: "5.2"
    url: https://docs.djangoproject.com/en/5.2/
`;

const blanks = `uid: ex_blanks1
kind: blanks
difficulty: easy
objective: wait
pool: try
title: One row
prompt: Read one row.
program: |
  from django.contrib.auth.models import User
  from django.http import JsonResponse


  async def show(request):
      user = await User.objects.<<1>>(username="bo")
      return JsonResponse({"name": user.username})
serve:
  /: show
drive: |
  response = await request("GET", "/")
  observe("body", response.json)
expect: |
  assert body == {"name": "bo"}
bank: [get, aget, filter]
answers: [[aget]]
misconceptions:
  - { blank: 1, token: get, says: It blocks. }
  - { blank: 1, token: filter, says: It cannot be awaited. }
hints:
  - Look for the form that can be awaited.
solution:
  - It gives one row, and can be awaited.
`;

const choice = `uid: ex_choice1
kind: choice
difficulty: medium
objective: wait
pool: try
title: Who waits
prompt: What happens to the others?
program: |
  import asyncio

  from django.http import JsonResponse


  async def show(request):
      await asyncio.sleep(0.2)
      return JsonResponse({})
serve:
  /: show
drive: |
  await requests("GET", "/", times=3, at_once=True)
options:
  - id: together
    text: They wait together.
    holds: views.max_open == 3
    why: Three were open at once.
  - id: apart
    text: They wait apart.
    holds: views.max_open == 1
    why: Three were open, not one.
answers: [together]
hints:
  - Look at await.
solution:
  - The loop goes on.
`;

const code = `uid: ex_code01
kind: choice
difficulty: easy
objective: wait
pool: try
title: Which code
prompt: Which line doubles?
program: |
  def double(number):
      <<option>>
drive: |
  observe("result", program.double(3))
expect: |
  assert result == 6
options:
  - id: times
    text: It multiplies.
    code: return number * 2
    why: Twice three is six.
  - id: power
    text: It raises.
    code: |
      squared = number ** 2
      return squared
    why: Three squared is nine.
answers: [times]
hints:
  - Try three.
solution:
  - Twice the number.
`;

/** Replaces a piece of a text that must be there once. */
export function edit(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`"${from}" stands there ${parts.length - 1} times`);
  return parts.join(to);
}

/** 1-based line of the first line that holds a piece of text. */
export function lineOf(text: string, piece: string): number {
  const index = text.split('\n').findIndex((line) => line.includes(piece));
  if (index === -1) throw new Error(`"${piece}" is not there`);
  return index + 1;
}

const folders: string[] = [];

/** Writes files under a new temporary folder and gives its path. */
export async function onDisk(files: Record<string, string | Buffer>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'assay-content-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** Removes all that `onDisk` has made. */
export async function clearDisk(): Promise<void> {
  await Promise.all(folders.splice(0).map((path) => rm(path, { recursive: true, force: true })));
}
