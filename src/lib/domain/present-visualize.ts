/** A recorded program as its page shows it, and what is told of an answer to its quiz. */
import type { ServedVisualize } from './catalogue.ts';
import type { HighlightCode } from './present-evidence.ts';
import type { ProvenOption, VisualizeProof } from './proof.ts';
import { toProse } from './prose.ts';
import { indexRecording } from './recording-index.ts';
import type { RecordedStep, RecordingHead } from './recording.ts';
import { shuffled } from './shuffle.ts';
import { stepView } from './step-view.ts';
import { timelineOf } from './timeline.ts';
import type { CodeLine, Hallmark, Prose } from './views.ts';
import type { MomentView, QuestionAnswer, QuestionView, RecordingView } from './visualize-view.ts';
import type { QuizQuestion } from './visualize.ts';

/** What is told of a recorded program beside its recording. */
export interface VisualizeView {
  title: string;
  intro: Prose;
  /** Empty: it is a script. */
  drive: CodeLine[];
  moments: MomentView[];
  questions: QuestionView[];
  hallmark: Hallmark;
}

/** @param rights - Ids of the questions that the learner has answered right. */
export function presentVisualize(
  { visualize, proof }: Pick<ServedVisualize, 'visualize' | 'proof'>,
  learnerId: string,
  rights: ReadonlySet<string>,
  highlight: HighlightCode,
): VisualizeView {
  const { title, intro, drive, quiz } = visualize;
  const { runs, versions, provenAt } = proof;
  return {
    ...{ title, intro: toProse(intro), drive: drive === '' ? [] : highlight(drive) },
    moments: presentMoments(visualize.moments, proof),
    questions: quiz.map((question) => {
      const given = rights.has(question.id) ? question.key.id : null;
      return presentQuestion(question, proof, learnerId, given);
    }),
    hallmark: { ran: `recorded ${runs} times`, versions, provenAt },
  };
}

function presentMoments(
  moments: ServedVisualize['visualize']['moments'],
  proof: VisualizeProof,
): MomentView[] {
  return moments.flatMap(({ title, says }, index) => {
    const step = proof.moments[index]?.step ?? null;
    return step === null ? [] : [{ step, title, says: toProse(says) }];
  });
}

/**
 * A question as a learner sees it.
 * @param given - Id of the option that they chose; null: none. The reasons are told with the right one only.
 */
export function presentQuestion(
  question: QuizQuestion,
  proof: VisualizeProof,
  learnerId: string,
  given: string | null,
): QuestionView {
  const { id, ask, key } = question;
  const proven = proof.quiz.find((each) => each.id === id)?.options ?? [];
  const why = whyOf(question);
  const chosen = proven.find((each) => each.id === given);
  const isRight = chosen?.id === key.id;
  return {
    ...{ id, ask: toProse(ask) },
    options: shuffled(proven, `${learnerId} ${id}`).map((option) => ({
      id: option.id,
      text: optionText(option),
    })),
    answers: chosen ? [answerOf(chosen, isRight, why)] : [],
    reasons: isRight ? Object.fromEntries(why) : {},
  };
}

/** Why each option is right or wrong, by its id. */
function whyOf({ key, wrong, why }: QuizQuestion): Map<string, Prose> {
  const all = [{ id: key.id, why }, ...wrong];
  return new Map(all.map((each) => [each.id, toProse(each.why)]));
}

function answerOf(
  { id, step }: ProvenOption,
  isRight: boolean,
  why: ReadonlyMap<string, Prose>,
): QuestionAnswer {
  return { option: id, verdict: isRight ? 'right' : 'wrong', why: why.get(id) ?? [], step };
}

/** A step by its number, a count as it is, what the record tells as code, an author's text as it is marked. */
function optionText({ what, text }: ProvenOption): Prose {
  const shown = text ?? '';
  if (what === 'step') return [{ text: `Step ${shown}`, code: false }];
  if (what === 'text') return toProse(shown);
  return [{ text: shown, code: what !== 'count' }];
}

/** @param steps - All of them. @param begin - Number of the step to begin with, from 0. */
export function presentRecording(
  head: RecordingHead,
  steps: RecordedStep[],
  { program, begin, highlight }: { program: string; begin: number; highlight: HighlightCode },
): RecordingView {
  const [path = ''] = head.files;
  const source = program.trimEnd();
  const index = indexRecording({ ...head, steps }, { [path]: source.split('\n') });
  return {
    head,
    program: [{ path, lines: highlight(source) }],
    timeline: timelineOf(index),
    begin: stepView(index, begin),
  };
}
