/**
 * What a run in the sandbox costs, against a cold start of CPython and the
 * framework for each program, without a jail. Rounds are interleaved,
 * because the machine is shared; the ratio is what to read.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findRoot, loadConfig } from '#config';
import { openWorkshop } from '#lib/server/app.ts';

const rounds = 20;

const program = `
import asyncio
from django.contrib.auth.models import User

async def main():
    for n in range(10):
        await User.objects.acreate(username=f"user-{n}")
    print([user.username async for user in User.objects.filter(pk__gt=5)])
    print(await User.objects.acount())

asyncio.run(main())
`;

/** The same program on the same interpreter and packages, started from nothing. */
const coldProgram = `
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:m?mode=memory&cache=shared"}},
    USE_TZ=True,
)
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
${program}`;

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const shown = (ms: number) => `${ms.toFixed(1)} ms`.padStart(10);

const root = findRoot();
const loaded = loadConfig(process.env, root);
if (!loaded.ok) throw new Error('the settings are wrong: ./assay doctor says more');
const workshop = openWorkshop(loaded.config);
const state = await workshop.state();
if (!state.ready) throw new Error(state.problem);

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function runInSandbox(): Promise<number> {
  const result = await workshop.sandbox.run({ runtime: 'django-5.2', program });
  if (result.outcome !== 'finished') throw new Error(`the run ended with ${result.outcome}`);
  return result.usage.cpuMs;
}

function runCold(): void {
  const { status, stderr } = spawnSync(join(root, '.venv/bin/python'), ['-c', coldProgram]);
  if (status !== 0) throw new Error(stderr.toString());
}

try {
  await runInSandbox();
  runCold();
  const inSandbox: number[] = [];
  const cpu: number[] = [];
  const cold: number[] = [];
  for (let round = 0; round < rounds; round++) {
    inSandbox.push(await timed(async () => cpu.push(await runInSandbox())));
    cold.push(await timed(runCold));
  }
  console.log(`an async ORM program, median of ${rounds}, interleaved`);
  console.log(`  cold CPython + Django, no jail   ${shown(median(cold))}   1.0x`);
  const ratio = median(cold) / median(inSandbox);
  console.log(
    `  in the sandbox, from Node        ${shown(median(inSandbox))}   ${ratio.toFixed(1)}x`,
  );
  console.log(`  ... of which processor time      ${shown(median(cpu))}`);
} finally {
  await workshop.close();
}
