/** A lesson of prose only, for tests that read or prove it. */
import { goodFiles, lessonPath } from './lesson-on-disk.ts';

export const learnPath = `${lessonPath}/learn.md`;
export const whyPath = `${lessonPath}/why.md`;

const fence = (info: string, body: string) => `\`\`\`${info}\n${body}\`\`\`\n\n`;

export const learn = `A view waits.

## The smallest

${fence(
  'python run id=smallest title="One view" serve=/:page',
  `from django.http import JsonResponse


async def page(request):
    return JsonResponse({"euro": 1.1})
`,
)}${fence('python drive', 'response = await request("GET", "/")\nprint(response.status)\nprint(response.json)\n')}${fence('output', "200\n{'euro': 1.1}\n")}It raises:

${fence('python run id=raises raises=ZeroDivisionError', 'print("before")\n1 / 0\n')}${fence('output', 'before\n')}A view does, too:

${fence(
  'python run id=in-a-view serve=/:page raises=ValueError',
  'def page(request):\n    raise ValueError("no")\n',
)}${fence('python drive', 'print((await request("GET", "/")).status)\n')}${fence('output', '500\n')}See [why](../why).
`;

export const why = `It pays.

${fence(
  'yaml compare',
  `id: waits
title: Three waits
before: { file: programs/in-line.py, label: In line }
after: { file: programs/together.py, label: Together }
drive: |
  import time

  began = time.monotonic()
  most = await program.wait()
  observe("ms", (time.monotonic() - began) * 1000)
  observe("at_once", most)
unit: ms
ratio: 2
before_holds: at_once == 1
after_holds: at_once == 3
`,
)}That is all.
`;

const counted = `import asyncio

now = most = 0


async def one():
    global now, most
    now += 1
    most = max(most, now)
    await asyncio.sleep(0.05)
    now -= 1


`;

/** A catalogue in which nothing is wrong, whose lesson has prose and no exercises. */
export function proseFiles(): Record<string, string> {
  const files = Object.fromEntries(
    Object.entries(goodFiles()).filter(([path]) => !path.includes('/exercises/')),
  );
  const lesson = files[`${lessonPath}/lesson.yaml`]!;
  return {
    ...files,
    [`${lessonPath}/lesson.yaml`]: lesson.replace('  try: 5\n', '  learn: 5\n  why: 3\n'),
    [learnPath]: learn,
    [whyPath]: why,
    [`${lessonPath}/programs/in-line.py`]: `${counted}async def wait():
    for _ in range(3):
        await one()
    return most
`,
    [`${lessonPath}/programs/together.py`]: `${counted}async def wait():
    await asyncio.gather(one(), one(), one())
    return most
`,
  };
}
