/** A lesson's `visualize.yaml`, read and checked. */
import { createHash } from 'node:crypto';
import type { Finding, Lesson } from '#lib/domain/exercise.ts';
import type { Fact, Place, QuizQuestion, Visualize, WrongOption } from '#lib/domain/visualize.ts';
import { canonicalJson } from '../content-version.ts';
import { readFields } from '../fields.ts';
import { namedProgram } from '../prose/named-program.ts';
import type { Prose } from '../prose/prose.ts';
import { parseSource, type SourceFile } from '../source.ts';
import { checkVisualize, checkVisualizeText } from './visualize-rules.ts';
import {
  visualizeSchema,
  type LookedFile,
  type PlaceFile,
  type VisualizeFile,
} from './visualize-schema.ts';

export interface VisualizeRead {
  /** Null when it cannot be recorded or looked up. */
  visualize: Visualize | null;
  findings: Finding[];
}

/** @param file - Path relative to the content root. */
export function readVisualize(prose: Prose, file: string, text: string): VisualizeRead {
  const source = parseSource(file, text);
  const fields = source.value === undefined ? {} : readFields(source, visualizeSchema);
  checkVisualize(source, fields);
  const program =
    fields.program === undefined ? null : namedProgram(prose, source, 'program', fields.program);
  const isRunnable = source.findings.length === 0 && program !== null;
  checkVisualizeText(source, fields);
  return {
    visualize: isRunnable
      ? compile(prose.lesson, source, { ...(fields as VisualizeFile), program })
      : null,
    findings: source.findings,
  };
}

function compile(
  lesson: Pick<Lesson, 'id' | 'runtime' | 'rows' | 'apps'>,
  { file, places }: SourceFile,
  fields: VisualizeFile,
): Visualize {
  const { title, program, serve, drive = '', intro } = fields;
  const moments = fields.moments.map(({ at, ...told }) => ({ at: placeOf(at), ...told }));
  const quiz = fields.quiz.map((question) => compileQuestion(lesson.id, question));
  const { runtime, rows, apps } = lesson;
  const asked = {
    places: moments.map(({ at }) => at),
    quiz: quiz.map(({ key, wrong }) => [key.fact, ...wrong.map(({ option }) => option)]),
  };
  return {
    ...{ title, intro, program, serve, drive, moments, quiz, file, places },
    contentVersion: digest({ program, serve, drive, ...asked, runtime, rows, apps }, 16),
  };
}

function compileQuestion(lesson: string, question: VisualizeFile['quiz'][number]): QuizQuestion {
  const fact = factOf(question.key);
  const id = digest({ lesson, fact }, 16);
  const idOf = (option: WrongOption['option']) => digest({ question: id, option }, 12);
  const wrong = question.wrong.map(({ why, ...looked }): WrongOption => {
    const { text } = looked;
    const option = text === undefined ? factOf(looked) : { what: 'text' as const, text: text.trim() };
    return { id: idOf(option), option, why };
  });
  return { id, ask: question.ask, key: { id: idOf(fact), fact }, wrong, why: question.why };
}

/** What the rules have found to be said in exactly one way. */
function factOf({ step, count, thread, task, value, at }: LookedFile): Fact {
  if (value !== undefined) return { what: 'value', name: value.trim(), at: placeOf(at!) };
  if (step) return { what: 'step', at: placeOf(step) };
  if (count) return { what: 'count', at: placeOf(count) };
  if (thread) return { what: 'thread', at: placeOf(thread) };
  return { what: 'task', at: placeOf(task!) };
}

function placeOf({ kind, line, request, task, thread, text, nth, ...rest }: PlaceFile): Place {
  return {
    kind: kind ?? null,
    function: rest.function ?? null,
    line: line ?? null,
    request: request ?? null,
    task: task ?? null,
    thread: thread ?? null,
    text: text ?? null,
    nth: nth ?? 1,
    after: rest.after ? placeOf(rest.after) : null,
  };
}

function digest(value: unknown, digits: number): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, digits);
}
