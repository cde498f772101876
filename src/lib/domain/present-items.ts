/** Says of a lesson's exercises what first answers say, for their author, and what to look at. */
import type { ServedExercise, ServedLesson } from './catalogue.ts';
import { difficulties, type Difficulty } from './exercise.ts';
import type { CorrectedView, ItemView } from './items-view.ts';
import { visibleOutput } from './outputs.ts';
import type { FirstAnswer, ItemStatistics } from './strength/item-statistics.ts';
import { itemStatistics } from './strength/item-statistics.ts';
import type { KeptItemModel } from './strength/item-model.ts';
import { labelledDifficulty } from './strength/item.ts';

/** What is known of a lesson's exercises, each by uid. */
export interface ItemsKnown {
  answers: ReadonlyMap<string, readonly FirstAnswer[]>;
  models: readonly KeptItemModel[];
  /** How many reports of each are not resolved. */
  reports: ReadonlyMap<string, number>;
}

/** Before so many answers a label is not called wrong. */
const fewestForLabel = 30;
/** Who can more is hardly more often right. */
const tellsLittle = 0.2;

/** What needs attention first, then what was answered most. */
export function presentItems({ exercises }: ServedLesson, known: ItemsKnown): ItemView[] {
  return exercises
    .map((served) => presentItem(served, known))
    .sort(
      (a, b) =>
        b.urgency - a.urgency ||
        (b.item.answers ?? -1) - (a.item.answers ?? -1) ||
        (a.item.uid < b.item.uid ? -1 : 1),
    )
    .map(({ item }) => item);
}

function presentItem(
  served: ServedExercise,
  known: ItemsKnown,
): { item: ItemView; urgency: number } {
  const { exercise } = served;
  const { uid, difficulty: label, contentVersion } = exercise;
  const answers = known.answers.get(uid) ?? null;
  const offered = distractorsOf(served);
  const statistics = itemStatistics(answers ?? [], [...offered.keys()]);
  const model = known.models.find(
    (each) => each.exerciseUid === uid && each.contentVersion === contentVersion,
  );
  const corrected = model ? correctedFrom(label, model) : null;
  const reports = known.reports.get(uid) ?? 0;
  const told = attentionOf({ statistics, label, corrected, reports, offered });
  const item: ItemView = {
    ...{ uid, title: exercise.title, kind: exercise.kind, pool: exercise.pool, label, corrected },
    file: `exercises/${exercise.id}.yaml`,
    answers: answers && statistics.answers,
    right: statistics.right,
    discrimination: statistics.discrimination,
    distractors: statistics.distractors.map(({ chosen, ...rest }) => ({
      text: offered.get(chosen) ?? chosen,
      ...rest,
    })),
    reports,
    attention: told.map(({ says }) => says),
  };
  return { item, urgency: told.reduce((sum, { urgency }) => sum + urgency, 0) };
}

/** What each wrong answer that can be chosen is, by what an attempt keeps of it. */
function distractorsOf({ exercise }: ServedExercise): Map<string, string> {
  switch (exercise.kind) {
    case 'choice':
      return new Map(
        exercise.options
          .filter(({ id }) => !exercise.answers.includes(id))
          .map(({ id, text, code }) => [id, text || (code ?? id)]),
      );
    case 'predict':
      if (exercise.ask === 'type') return new Map();
      return new Map(exercise.wrong.map(({ id, output }) => [id, visibleOutput(output)]));
    case 'blanks': {
      // Of several blanks no single token is the wrong answer.
      if (exercise.blanks !== 1) return new Map();
      const right = new Set(exercise.answers.map(([token]) => token));
      return new Map(
        exercise.bank.filter((token) => !right.has(token)).map((each) => [each, each]),
      );
    }
    default:
      return new Map();
  }
}

function correctedFrom(label: Difficulty, { estimate, answers }: KeptItemModel): CorrectedView {
  const away = (each: Difficulty) => Math.abs(labelledDifficulty(each) - estimate.difficulty);
  const nearest = difficulties.reduce((best, each) => (away(each) < away(best) ? each : best));
  return { shift: estimate.difficulty - labelledDifficulty(label), nearest, answers };
}

interface Told {
  urgency: number;
  says: string;
}

interface Considered {
  statistics: ItemStatistics;
  label: Difficulty;
  corrected: CorrectedView | null;
  reports: number;
  /** Texts of the distractors. */
  offered: ReadonlyMap<string, string>;
}

/** The most urgent first. */
function attentionOf({ statistics, label, corrected, reports, offered }: Considered): Told[] {
  const { discrimination, distractors } = statistics;
  const told: Told[] = [];
  if (discrimination && discrimination.value < 0) {
    const says =
      'Those who can do more are right less often. Something is wrong with it: look whether its ' +
      'key, its wording or an option misleads who knows.';
    told.push({ urgency: 1000, says });
  }
  if (reports > 0) {
    const says = `${reports === 1 ? 'A report is' : `${reports} reports are`} open.`;
    told.push({ urgency: 100 + reports, says });
  }
  if (corrected && corrected.answers >= fewestForLabel && corrected.nearest !== label) {
    const says = `Its label says ${label}, and its answers say ${corrected.nearest}: change the label, or find what makes it so.`;
    told.push({ urgency: 40, says });
  }
  if (discrimination && discrimination.value >= 0 && discrimination.high < tellsLittle) {
    const says = 'It hardly tells those who can from those who cannot.';
    told.push({ urgency: 30, says });
  }
  const dead = distractors.filter(({ state }) => state === 'dead');
  if (dead.length > 0) {
    const texts = dead.map(({ chosen }) => `“${shortened(offered.get(chosen) ?? chosen)}”`);
    const says = `Hardly anybody takes ${texts.join(', ')}: put mistakes that people make in their place.`;
    told.push({ urgency: 10 * dead.length, says });
  }
  return told;
}

/** On one line, and not longer than one. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
