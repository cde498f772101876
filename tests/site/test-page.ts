/** A lesson's Test as a browser sees it: the data of its page, and the forms that it sends. */
import type { Exercise } from '#lib/domain/exercise.ts';
import type { TestQuestion, TestView } from '#lib/domain/test-view.ts';
import type { ExerciseView } from '#lib/domain/views.ts';
import { tryPath, type Visitor } from './built-site.ts';

export const lessonPath = tryPath.replace(/\/try$/, '');
export const testPath = `${lessonPath}/test`;

export type Fields = Record<string, string>;

/** What the page is given, and every text of which it came. */
export interface SeenTest {
  test: TestView;
  formKey: string;
  /** The page and its data, as they were sent. */
  text: string;
}

export async function seeTest(visitor: Visitor): Promise<SeenTest> {
  const page = await (await visitor.get(testPath)).text();
  const sent = await (await visitor.get(`${testPath}/__data.json`)).text();
  const { nodes } = JSON.parse(sent) as { nodes: ({ data?: unknown[] } | null)[] };
  const data = revive(nodes.at(-1)?.data ?? [], 0) as Omit<SeenTest, 'text'>;
  return { ...data, text: `${page}\n${sent}` };
}

/** @throws Error when nothing is asked. */
export async function seeQuestion(visitor: Visitor): Promise<SeenTest & { test: TestQuestion }> {
  const seen = await seeTest(visitor);
  if (seen.test.state !== 'question') throw new Error(`the test is at ${seen.test.state}`);
  return { ...seen, test: seen.test };
}

/** SvelteKit sends values as a list, in which each object names its parts by their place. */
function revive(values: unknown[], place: number): unknown {
  if (place < 0) return undefined;
  const value = values[place];
  if (Array.isArray(value)) return value.map((each) => revive(values, each as number));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, revive(values, each as number)]),
  );
}

/** What names the question in a form of it. */
export function fieldsOf({ test, formKey }: { test: TestQuestion; formKey: string }): Fields {
  const { sitting, number, exercise } = test;
  return { sitting, number: String(number), exercise: exercise.uid, key: formKey };
}

/** An answer that can be judged: the first of what is offered, by its kind; it may be right by chance. */
export function anyAnswer(view: ExerciseView): Fields {
  switch (view.kind) {
    case 'blanks':
      return numbered(Array<string>(view.blanks).fill(view.bank[0] ?? ''), 'blank', 1);
    case 'choice':
      return { option: view.options[0]?.id ?? '' };
    case 'predict':
      return view.ask === 'type' ? { output: 'nothing' } : { option: view.outputs[0]?.id ?? '' };
    case 'order':
      return numbered(
        view.lines.slice(0, view.slots).map(({ id }) => id),
        'line',
        1,
      );
    case 'fix':
    case 'write':
      return numbered(
        view.files.map(({ source }) => `${source}\n# changed\n`),
        'file',
        0,
      );
    case 'recall':
      return { rating: 'good' };
  }
}

/** The declared answer; that of a prediction is not written down anywhere. */
export function rightAnswer(exercise: Exercise): Fields | null {
  switch (exercise.kind) {
    case 'blanks':
      return numbered(exercise.answers[0] ?? [], 'blank', 1);
    case 'choice':
      return { option: exercise.answers[0] ?? '' };
    case 'fix':
      return { 'file-0': exercise.answer[exercise.main] ?? '' };
    default:
      return null;
  }
}

const numbered = (values: string[], name: string, first: number): Fields =>
  Object.fromEntries(values.map((value, index) => [`${name}-${index + first}`, value]));
