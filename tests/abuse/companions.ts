/** Honest runs beside and after hostile ones. What they say is known exactly, so that any harm shows. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RunResult } from '#lib/domain/run.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';

export const runtime = 'django-5.2';

/** What another run would look for, in the canary's file. */
export const canarySecret = 'the-secret-of-another-run';

/** The honest runs have time: whoever is starved by load for a while has not been harmed. */
const patientLimits = { wallMs: 60_000, cpuMs: 20_000 };

const canary = `
import json, os, signal, threading, time
from django.contrib.auth.models import User

told = []
for number in signal.valid_signals():
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        try:
            signal.signal(number, lambda number, _: told.append(number))
        except OSError:
            pass
with open("/tmp/canary.txt", "w") as file:
    file.write("${canarySecret}")
User.objects.create(username="canary")
ticks = 0
for _ in range(20):
    time.sleep(0.02)
    tick = threading.Thread(target=told.append, args=(None,))
    tick.start()
    tick.join()
    ticks += told.pop() is None
print(json.dumps({
    "ticks": ticks,
    "signals": told,
    "files": sorted(os.listdir("/tmp")),
    "file": open("/tmp/canary.txt").read(),
    "users": [user.username for user in User.objects.all()],
    "host": os.uname().nodename,
    "environment": sorted(os.environ),
}))
`;

const canarySays = {
  ticks: 20,
  signals: [],
  files: ['canary.txt', 'db.sqlite3'],
  file: canarySecret,
  users: ['canary'],
  host: 'sandbox',
  environment: ['DJANGO_SETTINGS_MODULE', 'HOME', 'LANG', 'TMPDIR', 'TZ'],
};

const honest = `
import asyncio, json, os, random, sys, threading
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache

async def work():
    await User.objects.acreate(username="ada")
    return await User.objects.acount()

print(asyncio.run(work()), os.listdir("/tmp"), settings.DEBUG, cache.get("left"), json.dumps([1]))
print(os.uname().nodename, sorted(os.environ), threading.active_count(), random.random())
print(sys.stdin.read() == "", sum(range(1000)), str(2**64), "é".encode())
`;

const honestSays = [
  "1 ['db.sqlite3'] False None [1]",
  "sandbox ['DJANGO_SETTINGS_MODULE', 'HOME', 'LANG', 'TMPDIR', 'TZ'] 2 0.23796462709189137",
  "True 499500 18446744073709551616 b'\\xc3\\xa9'",
  '',
].join('\n');

/** Runs the honest program. @returns What is wrong with the outcome, in words; null when nothing is. */
export async function whatAnHonestRunMisses(sandbox: Sandbox): Promise<string | null> {
  const result = await sandbox.run({ runtime, program: honest, seed: 3, limits: patientLimits });
  return difference(result, honestSays);
}

/** Several honest runs at once, so that every container that may be needed is there. */
export function runSeveralHonest(sandbox: Sandbox): Promise<(string | null)[]> {
  return Promise.all(Array.from({ length: 6 }, () => whatAnHonestRunMisses(sandbox)));
}

/** Runs the canary once. @returns What harmed it, in words; null when nothing did. */
export async function whatHarmsACanary(sandbox: Sandbox): Promise<string | null> {
  const result = await sandbox.run({ runtime, program: canary, limits: patientLimits });
  return difference(result, `${pythonJson(canarySays)}\n`);
}

/** Canaries, one after another, for as long as the work goes on. */
export async function besideCanaries<T>(
  sandbox: Sandbox,
  work: () => Promise<T>,
): Promise<{ value: T; harm: string | null }> {
  let isOver = false;
  const canaries = async () => {
    for (;;) {
      const harm = await whatHarmsACanary(sandbox);
      if (harm !== null || isOver) return harm;
    }
  };
  const watched = canaries();
  // The first one is in the midst of it when the attack begins.
  await pause(80);
  const value = await work().finally(() => (isOver = true));
  return { value, harm: await watched };
}

function difference(result: RunResult, stdout: string): string | null {
  const { outcome, exit, stderr, error } = result;
  const isRight = outcome === 'finished' && exit === 0 && stderr === '' && result.stdout === stdout;
  if (isRight && error === null) return null;
  // The last line of a traceback says what it was.
  const complaint = stderr.trimEnd().split('\n').at(-1);
  const found = { outcome, exit, stdout: result.stdout, complaint, error };
  return JSON.stringify({ expected: stdout, found });
}

/** As Python's json.dumps writes it. */
function pythonJson(value: object): string {
  return JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/([{[]) /g, '$1')
    .replace(/ ([}\]])/g, '$1');
}
