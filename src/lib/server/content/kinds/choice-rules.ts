/** What a schema cannot say of a choice, and what keeps it from being run. */
import { blankMarks, optionMark } from '#lib/domain/fillings.ts';
import { checkRepeats } from '../exercise-rules.ts';
import { nearest, shown } from '../finding.ts';
import { reportAt, type SourceFile } from '../source.ts';
import type { ChoiceFile } from './choice.ts';

/** Reports whatever keeps a `choice` exercise from being run. */
export function checkChoice(source: SourceFile, fields: Partial<ChoiceFile>): void {
  const { options, answers } = fields;
  if (fields.program !== undefined && blankMarks(fields.program).length > 0) {
    reportAt(source, 'program', {
      expected: 'no blanks in a choice',
      found: 'a numbered mark such as `<<1>>`',
      fix: 'Take it out, or make the kind `blanks`.',
    });
  }
  if (!options) return;
  const ids = options.map((option) => option.id);
  checkRepeatedIds(source, ids);
  if (answers) checkChosen(source, answers, ids);
  const withCode = options.filter((option) => option.code !== undefined).length;
  for (const [index, option] of options.entries()) {
    const both = option.code !== undefined && option.holds !== undefined;
    const neither = option.code === undefined && option.holds === undefined;
    if (!both && !neither) continue;
    reportAt(source, `options.${index}`, {
      expected: '`holds` or `code`, one of the two',
      found: both ? 'both' : 'neither',
      fix: both
        ? 'Keep `holds` for a claim about one run, `code` for code that is run itself.'
        : 'Say by `holds` what must be true of the observations, or give the `code` to run.',
    });
  }
  if (withCode > 0 && withCode < options.length) {
    reportAt(source, 'options', {
      expected: 'all options with `holds`, or all with `code`',
      found: `${withCode} of ${options.length} with \`code\``,
      fix: 'Write them all the same way.',
    });
    return;
  }
  checkOptionParts(source, fields, withCode > 0);
}

function checkRepeatedIds(source: SourceFile, ids: string[]): void {
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) === index) continue;
    reportAt(source, `options.${index}.id`, {
      expected: 'an id that no other option has',
      found: `${shown(id)} a second time`,
      fix: 'Give the option its own id.',
    });
  }
}

function checkChosen(source: SourceFile, answers: string[], ids: string[]): void {
  checkRepeats(source, 'answers', answers, 'answer');
  for (const [index, answer] of answers.entries()) {
    if (ids.includes(answer)) continue;
    const meant = nearest(answer, ids);
    reportAt(source, `answers.${index}`, {
      expected: `the id of an option: ${ids.map((each) => shown(each)).join(', ')}`,
      found: shown(answer),
      fix: meant ? `Did you mean ${shown(meant)}?` : 'Name an option that is there.',
    });
  }
  if (answers.length >= ids.length) {
    reportAt(source, 'answers', {
      expected: 'at least one option that does not hold',
      found: 'every option declared right',
      fix: 'Add an option that is wrong, or take an answer out.',
    });
  }
}

function checkOptionParts(
  source: SourceFile,
  { program, expect }: Partial<ChoiceFile>,
  code: boolean,
): void {
  const marks = program?.split(optionMark).length ?? 0;
  if (program !== undefined && code && marks !== 2) {
    reportAt(source, 'program', {
      expected: `${shown(optionMark)} once, where the code of an option goes`,
      found: marks === 1 ? 'none' : `${marks - 1} of them`,
      fix: `Put ${shown(optionMark)} into the program once.`,
    });
  }
  if (program !== undefined && !code && marks > 1) {
    reportAt(source, 'program', {
      expected: 'a whole program, as the options are claims about one run of it',
      found: shown(optionMark),
      fix: 'Take it out, or give each option `code` in the place of `holds`.',
    });
  }
  if (code && expect === undefined && !('expect' in fieldsOf(source.value))) {
    reportAt(source, 'options', {
      expected: '`expect`, which judges the run of each option',
      found: 'options with `code` and no `expect`',
      fix: 'Add `expect: |` with asserts over what the drive observes.',
    });
  }
  if (!code && expect !== undefined) {
    reportAt(source, 'expect', {
      expected: 'no `expect` where each option says itself what must hold',
      found: '`expect` beside options with `holds`',
      fix: 'Take `expect` out.',
    });
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
