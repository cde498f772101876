/**
 * What a card has to know of each kind of exercise besides its board (boards.ts). What a learner lays out
 * is for every kind the answer as it would be sent: a list of texts, empty ones where nothing stands yet.
 */
import type { CodeView, ExerciseView } from '../domain/views.ts';
import { codeText } from './code-line.ts';
import { sourcesIn } from './code-sources.ts';
import { answerWith, placedOf } from './order-lines.ts';
import { plain } from './wording.ts';

/** A code view is of two kinds. */
export type ViewOf<K extends ExerciseView['kind']> = K extends CodeView['kind']
  ? CodeView
  : Extract<ExerciseView, { kind: K }>;

/** What an answer still lacks: in words, and where on the card it has to be put. */
export interface Gap {
  problem: string;
  /** Selector of the element to go to. */
  at: string;
}

export interface CardKind<V extends ExerciseView> {
  /** What lies on the board before the first answer of a round. */
  start(exercise: V): string[];
  /** Null when nothing is missing. `problem` ends without a full stop; what to do next follows it. */
  gap(exercise: V, answer: string[]): Gap | null;
  /** An answer in the learner's own terms. */
  text(exercise: V, answer: string[]): string;
}

const blanks: CardKind<ViewOf<'blanks'>> = {
  start: (exercise) => Array.from({ length: exercise.blanks }, () => ''),
  gap(_, answer) {
    const blank = answer.indexOf('') + 1;
    if (blank === 0) return null;
    return {
      problem: `Blank ${blank} is empty. Put a token in it`,
      at: `[data-blank="${blank}"]`,
    };
  },
  text: (_, answer) => answer.join(', '),
};

const choice: CardKind<ViewOf<'choice'>> = {
  start: () => [''],
  gap: (_, [option]) =>
    option ? null : { problem: 'No option is chosen. Choose one', at: 'input[type="radio"]' },
  text(exercise, answer) {
    const option = exercise.options.find((candidate) => candidate.id === answer[0]);
    return option ? plain(option.text) : 'an option that is no longer here';
  },
};

const predict: CardKind<ViewOf<'predict'>> = {
  start: () => [''],
  gap({ ask }, [given = '']) {
    if (given.trim() !== '') return null;
    return ask === 'choose'
      ? { problem: 'No output is chosen. Choose one', at: 'input[type="radio"]' }
      : { problem: 'Nothing is written yet. Write what it prints', at: 'textarea' };
  },
  text({ ask, outputs }, [given = '']) {
    if (ask === 'type') return given;
    return outputs.find(({ id }) => id === given)?.output ?? 'an output that is no longer here';
  },
};

const order: CardKind<ViewOf<'order'>> = {
  start: ({ slots }) => answerWith([], slots),
  gap(_, answer) {
    const empty = answer.filter((line) => line === '').length;
    if (empty === 0) return null;
    const problem = `${empty === 1 ? 'One place is' : `${empty} places are`} empty. Put a line there`;
    return { problem, at: '[data-bank] [data-line], [data-area] select' };
  },
  text: ({ lines }, answer) =>
    placedOf(answer)
      .map(({ id, indent }) => {
        const code = lines.find((line) => line.id === id)?.code ?? [];
        return '    '.repeat(indent) + codeText(code);
      })
      .join('\n'),
};

const code: CardKind<CodeView> = {
  start: (exercise) => sourcesIn(exercise, {}),
  gap(exercise, answer) {
    const at = 'textarea:not([hidden]), .cm-content';
    if (answer.every((source) => source.trim() === '')) {
      return { problem: 'There is no program yet. Write it', at };
    }
    // Where a round has no end, what it begins with may be the learner's own, and may be enough.
    if (exercise.round.attemptsAllowed === null) return null;
    const start = sourcesIn(exercise, {});
    return answer.every((source, index) => source === start[index])
      ? { problem: 'This is still what you started from. Change it', at }
      : null;
  },
  text: () => '',
};

const kinds: { [K in ExerciseView['kind']]: CardKind<ViewOf<K>> } = {
  blanks,
  choice,
  predict,
  order,
  fix: code,
  write: code,
};

/** @returns What the card asks of the exercise's kind. */
export function cardKindOf(exercise: ExerciseView): CardKind<ExerciseView> {
  // Each kind is only ever given views of its own.
  return kinds[exercise.kind];
}

/** The answer that a card begins with: the last one of the round, else what lies there at the start. */
export function beginAnswer(exercise: ExerciseView): string[] {
  const start = cardKindOf(exercise).start(exercise);
  const last = exercise.round.attempts.at(-1)?.answer;
  return last?.length === start.length ? last : start;
}
