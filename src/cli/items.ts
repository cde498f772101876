import { parseArgs } from 'node:util';
import type { AuthoredLesson, ItemView, LessonItemsView } from '#lib/domain/items-view.ts';
import type { Figure95 } from '#lib/domain/strength/item-statistics.ts';
import { listAuthoredLessons, showItems } from '#lib/server/use-cases/show-items.ts';
import { CommandProblem } from './command-problem.ts';
import { inDesk } from './in-desk.ts';

const usage = `assay items [--json]
assay items LESSON [--json]
  Lists the lessons, with how often they were answered and how many reports are open. Of a LESSON
  (django/async/when-async-helps): what first answers, given without help, say of each of its
  exercises, those that need attention first. It names keys.
`;

/** @returns The exit code. */
export async function itemsCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [lessonId, ...more] = positionals;
  if (more.length > 0) throw new CommandProblem('One lesson at a time.', 'assay items --help');
  const shown = lessonId === undefined ? await readLessons() : await readItems(lessonId);
  process.stdout.write(values.json ? `${JSON.stringify(shown, null, 2)}\n` : textOf(shown));
  return 0;
}

async function readLessons(): Promise<{ lessons: AuthoredLesson[] }> {
  return inDesk(async ({ store, loadServed }) => ({
    lessons: await listAuthoredLessons({ store, catalogue: await loadServed() }),
  }));
}

async function readItems(lessonId: string): Promise<LessonItemsView> {
  const shown = await inDesk(async ({ store, loadServed }) =>
    showItems({ store, catalogue: await loadServed() }, lessonId),
  );
  if (shown) return shown;
  throw new CommandProblem(`There is no lesson ${lessonId}.`, './assay items lists them.');
}

function textOf(shown: { lessons: AuthoredLesson[] } | LessonItemsView): string {
  if ('lessons' in shown) return `${shown.lessons.map(lessonText).join('\n')}\n`;
  const { title, learners, newestOnly, items } = shown;
  const bound = newestOnly === null ? '' : `, the newest ${newestOnly}`;
  const head = `${title}: first answers without help, of ${learners} learners${bound}\n`;
  return `${head}\n${items.map(itemText).join('\n')}`;
}

function lessonText({ id, exercises, answers, reports }: AuthoredLesson): string {
  return `${id}  exercises ${exercises}, answers ${answers}, open reports ${reports}`;
}

function itemText(item: ItemView): string {
  const rows: [string, string][] = [
    ['file', `${item.file} (${item.uid}, ${item.kind}, ${item.pool})`],
    ['label', labelText(item)],
    ['answers', answersText(item)],
    ...item.distractors.map(({ text, count, state }): [string, string] => [
      'wrong',
      `${oneLine(text)}: ${count}${state === 'dead' ? ', hardly anybody' : ''}`,
    ]),
  ];
  const told = rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}\n`).join('');
  const attention = item.attention.map((says) => `  ! ${oneLine(says)}\n`).join('');
  return `${oneLine(item.title)}\n${attention}${told}`;
}

function labelText({ label, corrected }: ItemView): string {
  if (!corrected) return label;
  const { shift, nearest, answers } = corrected;
  return `${label}, by answers ${shift.toFixed(2)} from it: nearest ${nearest} (${answers} counted)`;
}

function answersText({ answers, right, discrimination }: ItemView): string {
  if (answers === null) return 'not counted';
  const share = right ? `, right ${figureText(right)}` : '';
  const told = discrimination ? `, discrimination ${figureText(discrimination)}` : '';
  return `${answers}${share}${told}`;
}

function figureText({ value, low, high }: Figure95): string {
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
