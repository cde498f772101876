/** The drives by which a hostile program is asked for an answer, as an exercise would ask for it. */
import type { RunResult } from '#lib/domain/run.ts';
import type { Expectation, RunRequest, Sandbox } from '#lib/server/sandbox/port.ts';

interface Drive {
  serve: Record<string, string>;
  /** Sets `answer`. */
  asks: string;
  /** Judged by what stands in the database afterwards, not by `answer`. */
  isStored?: boolean;
}

const drives = {
  /** Asks the program's `view` through the framework's real handler. */
  driven: { serve: { '/': 'view' }, asks: 'answer = (await request("GET", "/")).text' },
  /** Calls the program's function `answer`. */
  called: { serve: {}, asks: 'answer = program.answer([3, 1, 2])' },
  /** Has the program's function `store` put a user of the right name into the database. */
  stored: { serve: {}, asks: 'answer = ""\nawait program.store()', isStored: true },
} satisfies Record<string, Drive>;

export type DriveName = keyof typeof drives;
export const driveNames = Object.keys(drives) as [DriveName, ...DriveName[]];

/** Where the verdict comes from: the fork that never ran the program, or (taken away) the program's own. */
export type Grading = 'in-a-fork' | 'in-the-run';

/** The harness's own judge, in the process that it must not be in. */
const judgesInTheRun = (expectations: Expectation[], isStored = false) => `
import os, sys
from django.conf import settings
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
file = os.open(settings.DATABASES["default"]["NAME"], os.O_RDONLY)
database = {"database": sys.modules["jail.handover"]._packed(file)}
class Kept(list):
    record = list.append
kept = Kept()
sys.modules["jail.judge"].judge(sys.modules["assay_django"], {
    "observations": {"version": 1, "values": {"answer": answer}, "events": []},
    "reference": {},
    "expectations": ${JSON.stringify(expectations)},
    **(${isStored ? 'database' : '{}'}),
}, kept)
observe("right", all(item["holds"] is True for item in kept[1:]))
`;

type Verdict = 'pass' | 'fail' | 'none';

/**
 * Runs a program as an answer and judges it: it is right when it answers with `secret`, which stands in
 * the expectation alone, or stores a user of that name.
 */
export async function gradeProgram(
  sandbox: Sandbox,
  request: RunRequest,
  { profile, secret, grading }: { profile: DriveName; secret: string; grading: Grading },
): Promise<{ result: RunResult; verdict: Verdict }> {
  const { serve, asks, isStored = false }: Drive = drives[profile];
  const right = JSON.stringify(secret);
  const rule = isStored
    ? `database.User.objects.filter(username=${right}).exists()`
    : `answer == ${right}`;
  const expectations: Expectation[] = [{ id: 'right', kind: 'holds', source: rule }];
  const observes =
    grading === 'in-the-run' ? judgesInTheRun(expectations, isStored) : 'observe("answer", answer)';
  const result = await sandbox.run({
    ...{ ...request, serve, drive: `${asks}\n${observes}\n` },
    keepsDatabase: isStored,
  });
  if (!result.observations) return { result, verdict: 'none' };
  if (grading === 'in-the-run') {
    return { result, verdict: result.observations.values['right'] === true ? 'pass' : 'fail' };
  }
  const { judgements } = await sandbox.judge({
    runtime: request.runtime,
    observations: result.observations,
    ...(isStored && { database: result.database ?? null }),
    expectations,
  });
  return { result, verdict: judgements.every(({ holds }) => holds === true) ? 'pass' : 'fail' };
}
