/** `order`: lines to put in order and to indent, with some among them that do not belong. */
import { z } from 'zod';
import {
  arrangedText,
  inOneForm,
  maxDistractors,
  type LinesToOrder,
} from '#lib/domain/arrangement.ts';
import type { OrderExercise } from '#lib/domain/exercise.ts';
import { lineIds } from '../answer-ids.ts';
import { contentVersionOf } from '../content-version.ts';
import { checkObjective, checkText, sharedProse } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { expectation, prose, python, shared } from '../schema-parts.ts';
import type { SourceFile } from '../source.ts';
import type { ExerciseKind, LessonContext } from './kind.ts';
import { checkOrder, readBlock, type WrittenLine } from './order-rules.ts';

const block = z.string().regex(/\S/, 'lines of Python');

const orderSchema = z
  .strictObject({
    ...shared,
    kind: z.literal('order'),
    program: python.describe(
      'Real and complete Python. <<lines>> on a line of its own marks where the lines go; its indentation is added.',
    ),
    lines: block.describe(
      'The right lines in a right order, indented by fours. Each is a whole statement line.',
    ),
    distractors: z
      .array(
        z.strictObject({
          line: z
            .string()
            .regex(/^\S(.*\S)?$/, 'one line of Python, without indentation')
            .describe('A line that does not belong. Quote it when YAML would read it otherwise.'),
          why: prose.describe('What it really does, and why it does not belong.'),
        }),
      )
      .max(maxDistractors, `at most ${maxDistractors} distractors`)
      .default([])
      .describe('Lines that are offered and belong in no right order. A block list.'),
    orders: z
      .array(block)
      .max(20, 'at most twenty orders')
      .default([])
      .describe('Other right orders of the same lines, each a block as in `lines`.'),
    expect: expectation,
  })
  .describe('An exercise with lines to put in order.');

export type OrderFile = z.infer<typeof orderSchema>;

function read(source: SourceFile, id: string, context: LessonContext): OrderExercise | null {
  const fields = readFields(source, orderSchema);
  checkOrder(source, fields);
  const runnable = source.findings.length === 0;
  checkText(source, [
    ...sharedProse(fields),
    ...(fields.distractors ?? []).map(({ why }, index): [string, string] => [
      `distractors.${index}.why`,
      why,
    ]),
  ]);
  checkObjective(source, fields.objective, context);
  if (!runnable) return null;
  const file = fields as OrderFile;
  const exercise = { ...file, ...toLines(file), id, places: source.places };
  return { ...exercise, contentVersion: contentVersionOf(exercise, meaningOf(exercise), context) };
}

/** The lines with their names, and the declared orders in these names. */
function toLines(file: OrderFile): Pick<OrderExercise, 'lines' | 'distractors' | 'orders'> {
  const written = readBlock(file.lines);
  const texts = [...written.map(({ text }) => text), ...file.distractors.map(({ line }) => line)];
  const ids = lineIds(file.uid, texts);
  const lines = written.map(({ text }, index) => ({ id: ids[index]!, text }));
  const distractors = file.distractors.map(({ line, why }, index) => {
    return { id: ids[lines.length + index]!, text: line, why };
  });
  const placed = (order: readonly WrittenLine[]) =>
    inOneForm(
      { lines, distractors },
      order.map(({ text, indent }) => ({
        line: lines.find((line) => line.text === text)!.id,
        indent,
      })),
    );
  return { lines, distractors, orders: [written, ...file.orders.map(readBlock)].map(placed) };
}

/** What the meaning of an order depends on. */
function meaningOf({
  expect,
  orders,
  ...lines
}: LinesToOrder & Pick<OrderExercise, 'expect' | 'orders'>): Record<string, unknown> {
  return {
    expect,
    orders: orders.map((order) => arrangedText(lines, order).join('\n')).sort(),
    distractors: lines.distractors.map(({ text }) => text).sort(),
  };
}

export const orderKind = {
  kind: 'order',
  schema: orderSchema,
  marks: ['lines', 'orders', 'distractors'],
  read,
} satisfies ExerciseKind;
