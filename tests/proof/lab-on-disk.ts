/** A lesson that puts views under load and shows nothing else, for tests that read or prove it. */
import { edit, goodFiles, lessonPath } from './lesson-on-disk.ts';

export const labPath = `${lessonPath}/lab.yaml`;
export const labProgramPath = `${lessonPath}/programs/awaits.py`;

export const labProgram = `import os

import httpx
from django.http import HttpResponse

client = httpx.AsyncClient(timeout=60)


async def report(request):
    answer = await client.get(os.environ["UPSTREAM"])
    return HttpResponse(answer.text)
`;

export const lab = `title: Six requests and one wait
intro: Each view waits once for a slow server.
load: { requests: 6, waitMs: 300, threads: 2 }
scenarios:
  - id: async-waits
    title: An async view that awaits
    says: It gives the loop back while it waits.
    server: asgi
    program: programs/awaits.py
    view: report
    knobs: [requests, waitMs]
    against: sync-waits
  - id: sync-waits
    title: A sync view on threads
    says: Each request holds a thread while it waits.
    server: wsgi
    program: |
      import os
      from urllib.request import urlopen

      from django.http import HttpResponse


      def report(request):
          with urlopen(os.environ["UPSTREAM"]) as answer:
              return HttpResponse(answer.read())
    view: report
    load: { waitMs: 200 }
    knobs: [requests, waitMs, threads]
    against: async-waits
claims:
  - says: All six are open at once in the async view.
    holds: async-waits.open == 6
  - says: Two threads have two open at once.
    holds: sync-waits.upstream-open == 2
  - says: The async view has answered all of them much sooner.
    holds: async-waits.wall-ms <= 0.8 * sync-waits.wall-ms
`;

/** A catalogue in which nothing is wrong. */
export function labFiles(): Record<string, string> {
  const files = Object.fromEntries(
    Object.entries(goodFiles()).filter(([path]) => !path.includes('/exercises/')),
  );
  const lesson = files[`${lessonPath}/lesson.yaml`]!;
  return {
    ...files,
    [`${lessonPath}/lesson.yaml`]: edit(lesson, '  try: 5\n', '  performance: 10\n'),
    [labPath]: lab,
    [labProgramPath]: labProgram,
  };
}
