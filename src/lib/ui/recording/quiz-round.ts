/** A question about a recording as the round of an exercise, for the list of options that both have. */
import type { AttemptView, RoundView } from '../../domain/views.ts';
import type { QuestionView } from '../../domain/visualize-view.ts';

export function roundOf({ answers, reasons }: QuestionView): RoundView {
  const right = answers.find(({ verdict }) => verdict === 'right');
  const attempts = answers.map(({ option, verdict, why }, place): AttemptView => ({
    number: place + 1,
    answer: [option],
    verdict,
    rightBlanks: [],
    says: [why],
    unmet: null,
    brokenStep: null,
    evidence: null,
    unshown: null,
  }));
  return {
    number: 1,
    attemptsAllowed: null,
    attempts,
    ending: right ? 'right' : null,
    hints: [],
    hintsLeft: 0,
    solution: right
      ? { answers: [[right.option]], steps: [], evidence: null, reasons, compare: [] }
      : null,
  };
}

/** The questions, with one of them as it came back from being answered. */
export function withAnswered(
  questions: QuestionView[],
  answered: QuestionView | null | undefined,
): QuestionView[] {
  return questions.map((each) => (each.id === answered?.id ? answered : each));
}
