/** All that is kept of a learner, as they may have it. */
import type { Attempt, Round } from '../round.ts';
import type { Sitting, SittingAnswer, SittingItem } from '../sitting.ts';

/** As the store gives it out; what is said of it here is only what is read of it. */
export interface ExportedLearner extends Record<string, unknown> {
  rounds: ExportedRound[];
  sittings: ExportedSitting[];
}

export type ExportedRound = Omit<Round, 'attempts'> & {
  exerciseUid: string;
  startedAt: string;
  endedAt: string | null;
  attempts: ExportedAttempt[];
};

type ExportedAttempt = Attempt & {
  /** Of the form that brought it. */
  key: string;
  contentVersion: string;
  orderShown: string[];
  helpUsed: number;
};

type ExportedSitting = Omit<Sitting, 'items'> & {
  items: (SittingItem & { key: string | null })[];
};

/** What a browser may have. Of an open sitting only what was asked and what was answered is told. */
export interface TellableLearner extends Record<string, unknown> {
  rounds: TellableRound[];
  sittings: TellableSitting[];
}

export type TellableRound = Pick<ExportedRound, 'exerciseUid' | 'number'> & {
  attempts: Pick<ExportedAttempt, 'number' | 'verdict' | 'answer' | 'helpUsed' | 'at'>[];
};

export type TellableSitting = Pick<Sitting, 'lessonId' | 'endedAt'> & {
  items: (Pick<SittingItem, 'exerciseUid'> & {
    answered:
      | (Pick<SittingAnswer, 'answer' | 'at'> & {
          /** Null: it is not told yet. */
          verdict: SittingAnswer['verdict'] | null;
        })
      | null;
  })[];
};

/**
 * Withholds what the Test would not tell before its end: how answers went, and all from which that, or what is asked
 * next, could be read.
 */
export function withholdOpen(exported: ExportedLearner): TellableLearner {
  const { sittings } = exported;
  return {
    ...exported,
    sittings: sittings.map((sitting) => (sitting.endedAt === null ? tellOpen(sitting) : sitting)),
  };
}

/** What may be told is named, so that what is added to a sitting later is not told unasked. */
function tellOpen({ id, lessonId, startedAt, items }: ExportedSitting) {
  return {
    ...{ id, lessonId, startedAt, endedAt: null },
    items: items.map(({ number, exerciseUid, contentVersion, orderShown, drawnAt, answered }) => ({
      ...{ number, exerciseUid, contentVersion, orderShown, drawnAt },
      answered: answered && tellAnswered(answered),
    })),
  };
}

function tellAnswered({ answer, verdict, at }: SittingAnswer) {
  // That they passed is what the learner said.
  return { answer, verdict: verdict === 'passed' ? verdict : null, at };
}
