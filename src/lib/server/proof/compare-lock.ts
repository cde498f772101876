/** Holds a proof lock against a fresh proof. */
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { LessonProof } from '#lib/domain/proof.ts';
import { digestOf, orderedJson } from './digest.ts';
import {
  isSameSoftware,
  lockedExercise,
  lockFile,
  type LockedExercise,
  type MadeOn,
  type ProofLock,
  type ReadLock,
} from './proof-lock.ts';

const rewrite = 'Look at the difference; if it is right, write the lock anew: `assay lock`.';

/** A finding, and the exercise that it is about, when it is about one. */
export type LockFinding = Finding & { uid: string | null };

/**
 * Holds a lock against a fresh proof. Exercises that are not proven are passed over: they have
 * findings of their own.
 * @returns Findings for what differs; notes for what is only worth knowing.
 */
export function compareLock(
  lesson: Lesson,
  read: ReadLock,
  proof: LessonProof,
  made: MadeOn,
): { findings: LockFinding[]; notes: string[] } {
  const file = lockFile(lesson);
  if (read.problem) {
    return {
      findings: [{ ...unreadable(file, read.problem), uid: null }],
      notes: [],
    };
  }
  if (!read.lock) return { findings: [], notes: [`${file}: there is no proof lock yet.`] };
  const { lock, lines } = read;
  const findings: LockFinding[] = [];
  const sameSoftware = isSameSoftware(lock, made);
  const report = (uid: string, expected: string, found: string) =>
    findings.push({ file, line: lines[uid] ?? 1, expected, found, fix: rewrite, uid });
  if (lock.runtime !== made.runtime.name) {
    const expected = `the runtime \`${made.runtime.name}\``;
    findings.push({ file, line: 1, expected, found: lock.runtime, fix: rewrite, uid: null });
  }
  for (const exercise of proof.exercises.filter((each) => each.status === 'proven')) {
    const locked = lock.exercises.filter((each) => each.uid === exercise.uid);
    if (locked.length !== 1) {
      const found = locked.length === 0 ? 'nothing of it' : `it ${locked.length} times`;
      report(exercise.uid, `the exercise \`${exercise.id}\` in the lock`, found);
      continue;
    }
    const fresh = lockedExercise(exercise);
    for (const { expected, found } of differences(locked[0]!, fresh, sameSoftware)) {
      report(exercise.uid, expected, found);
    }
  }
  for (const { uid, id } of lock.exercises) {
    if (proof.exercises.some((each) => each.uid === uid)) continue;
    report(uid, 'only exercises that the lesson has', `\`${id}\` (${uid})`);
  }
  const notes = sameSoftware || findings.length > 0 ? [] : [otherSoftware(file, lock, made)];
  return { findings, notes };
}

function unreadable(file: string, problem: { line: number; found: string }): Finding {
  return {
    file,
    line: problem.line,
    expected: 'a proof lock as assay writes it',
    found: problem.found,
    fix: 'Take it back from version control, or write it anew: `assay lock`.',
  };
}

function otherSoftware(file: string, lock: ProofLock, made: MadeOn): string {
  const changed = Object.entries(made.runtime.versions)
    .filter(([name, version]) => lock.versions[name] !== version)
    .map(([name, version]) => `${name} ${lock.versions[name] ?? 'none'} to ${version}`);
  const what = changed.length > 0 ? changed.join(', ') : 'another harness';
  return `${file}: proven with the same outcomes on other software (${what}).`;
}

/** What differs between a locked exercise and a fresh one, in words. */
function differences(
  locked: LockedExercise,
  fresh: LockedExercise,
  sameSoftware: boolean,
): { expected: string; found: string }[] {
  if (locked.contentVersion !== fresh.contentVersion) {
    return [
      {
        expected: `the lock of \`${fresh.id}\` as it stands (${fresh.contentVersion})`,
        found: `the lock of another version of it (${locked.contentVersion})`,
      },
    ];
  }
  const found: { expected: string; found: string }[] = [];
  const compare = (what: string, inLock: unknown, now: unknown) => {
    if (orderedJson(inLock) === orderedJson(now)) return;
    found.push({
      expected: `${what} of \`${fresh.id}\` as in the lock: ${cut(inLock)}`,
      found: cut(now),
    });
  };
  compare('the file name', locked.id, fresh.id);
  compare('the kind', locked.kind, fresh.kind);
  // Whether the requests of a wrong program overlap may be chance, and with it how often it was run.
  const isCode = fresh.kind === 'fix' || fresh.kind === 'write';
  const isChance = isCode && [locked, fresh].some(({ evidence }) => evidence.some(hasOverlapped));
  if (!isChance) compare('the number of runs', locked.runs, fresh.runs);
  const inLock = answersByKey(locked, sameSoftware);
  const now = answersByKey(fresh, sameSoftware);
  for (const key of new Set([...inLock.keys(), ...now.keys()])) {
    const [left, right] = withoutChance(inLock.get(key), now.get(key));
    for (const field of new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])) {
      compare(`\`${field}\` with ${key}`, left?.[field], right?.[field]);
    }
  }
  compare('the number of answers', locked.answers.length, fresh.answers.length);
  compare('the number of pieces of evidence', locked.evidence.length, fresh.evidence.length);
  return found;
}

type AnswerFields = Record<string, unknown>;

/**
 * Both sides without what may differ though nothing has changed. Where requests overlapped, a name is left
 * out of evidence when the repetitions of that proof disagreed on it; and a wrong answer may leave behind
 * what it likes, as long as it is wrong in the same way.
 */
function withoutChance(
  left: AnswerFields | undefined,
  right: AnswerFields | undefined,
): [AnswerFields | undefined, AnswerFields | undefined] {
  if (!left || !right || !(hasOverlapped(left) || hasOverlapped(right))) return [left, right];
  const isWrong = left['observed'] === 'wrong' && right['observed'] === 'wrong';
  const kept = (own: AnswerFields, other: AnswerFields): AnswerFields => ({
    ...own,
    counts: isWrong ? {} : inBoth(own['counts'], other['counts']),
    values: isWrong ? {} : inBoth(own['values'], other['values']),
  });
  return [kept(left, right), kept(right, left)];
}

function hasOverlapped({ counts }: { counts?: unknown }): boolean {
  return ((counts as Record<string, number> | undefined)?.['handler.max_open'] ?? 0) > 1;
}

function inBoth(own: unknown, other: unknown): AnswerFields {
  const names = Object.keys(other ?? {});
  return Object.fromEntries(
    Object.entries((own ?? {}) as AnswerFields).filter(([name]) => names.includes(name)),
  );
}

/** Each answer with what became of it; the evidence's name only where it must be the same. */
function answersByKey(
  exercise: LockedExercise,
  withIds: boolean,
): Map<string, Record<string, unknown>> {
  return new Map(
    exercise.answers.map(({ answer, declared, observed, evidence }) => {
      const { id, ...rest } = exercise.evidence.find((each) => each.id === evidence) ?? {
        id: evidence,
      };
      const all = { declared, observed, ...rest, ...(withIds ? { evidence: id } : {}) };
      return [said(answer), all];
    }),
  );
}

/** An answer, as a difference names it: whole programs by their digest. */
function said(answer: string[]): string {
  const text = answer.join(', ');
  const isProgram = answer.some((part) => part.includes('\n'));
  return isProgram ? `the program ${digestOf(answer).slice(0, 8)}` : text;
}

function cut(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}...` : text;
}
