/** A lesson with a lab of two quick scenarios: what it claims of times holds on a busy host, too. */
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { writeLock, type ProofLock } from '#lib/server/proof/proof-lock.ts';
import { labFiles, labPath, labProgramPath } from '../proof/lab-on-disk.ts';
import { onDisk } from '../proof/lesson-on-disk.ts';

// One client for all requests: making one costs more than what is measured.
const program = `import os

import httpx
from django.http import HttpResponse

client = httpx.AsyncClient(timeout=60)


async def report(request):
    answer = await client.get(os.environ["UPSTREAM"])
    return HttpResponse(answer.text)
`;

const lab = `title: Four requests and one wait
intro: Each view waits once for a slow server.
load: { requests: 4, waitMs: 800, threads: 1 }
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
    title: A sync view on one thread
    says: Each request holds the thread while it waits.
    server: wsgi
    program: |
      import os
      from urllib.request import urlopen

      from django.http import HttpResponse


      def report(request):
          with urlopen(os.environ["UPSTREAM"]) as answer:
              return HttpResponse(answer.read())
    view: report
    knobs: [requests, waitMs, threads]
    against: async-waits
claims:
  - says: All four are open at once in the async view.
    holds: async-waits.open == 4
  - says: One thread has one open at a time.
    holds: sync-waits.upstream-open == 1
  - says: The async view has answered all of them sooner.
    holds: async-waits.wall-ms <= 0.8 * sync-waits.wall-ms
`;

/** Id of the lesson. */
export const labLesson = 'web/async/waiting';

/**
 * The lesson with a lock in which all that it claims holds, which is what a host without a sandbox goes by.
 * @returns The content root, to be removed with `clearDisk`.
 */
export async function labContent(): Promise<string> {
  const content = await onDisk({ ...labFiles(), [labPath]: lab, [labProgramPath]: program });
  const { lessons } = await loadCatalogue([content]);
  const { contentVersion, claims } = lessons[0]!.lab!;
  const lock: ProofLock = {
    ...{ version: 1, runtime: 'django-5.2', versions: {}, harness: '', exercises: [] },
    lab: { contentVersion, claims: claims.map(({ id }) => ({ id, verdict: 'holds' })) },
  };
  await writeLock(lessons[0]!.folder, lock);
  return content;
}
