/** What a schema cannot say of an exercise and what keeps it from being run. */
import { blankMarks, countFillings, maxFillings, optionMark } from '#lib/domain/fillings.ts';
import { nearest, shown } from './finding.ts';
import type { BlanksFile, ChoiceFile } from './schema.ts';
import { reportAt, type SourceFile } from './source.ts';

/** Reports whatever keeps a `blanks` exercise from being run. */
export function checkBlanks(source: SourceFile, fields: Partial<BlanksFile>): void {
  const blanks = fields.program === undefined ? null : checkMarks(source, fields.program);
  if (fields.bank) checkRepeats(source, 'bank', fields.bank, 'token');
  if (fields.answers) checkFillings(source, fields.answers, fields.bank ?? null, blanks);
  if (fields.bank && blanks !== null) {
    const count = countFillings(fields.bank.length, blanks);
    if (count > maxFillings) {
      reportAt(source, 'bank', {
        expected: `at most ${maxFillings} fillings, because every one is run`,
        found: `${count} (${fields.bank.length} tokens in ${blanks} blanks)`,
        fix: 'Take tokens out of the bank, or make fewer blanks.',
      });
    } else if (fields.answers && fields.answers.length >= count) {
      reportAt(source, 'answers', {
        expected: 'at least one filling that is wrong',
        found: 'every filling declared right',
        fix: 'Put a token into the bank that does not work, or take an answer out.',
      });
    }
  }
}

/** The number of blanks, or null when their marks are not 1, 2, ..., n. */
function checkMarks(source: SourceFile, program: string): number | null {
  const marks = blankMarks(program);
  const numbers = new Set(marks.map((mark) => mark.blank));
  const largest = Math.max(0, ...numbers);
  if (program.includes(optionMark)) {
    reportAt(source, 'program', {
      expected: 'blanks such as `<<1>>`',
      found: `${shown(optionMark)}, which belongs to a choice`,
      fix: 'Number the blank, or make the kind `choice`.',
    });
  }
  if (marks.length === 0) {
    reportAt(source, 'program', {
      expected: 'at least one blank, `<<1>>`',
      found: 'a program without blanks',
      fix: 'Put `<<1>>` where a token is to be filled in.',
    });
    return null;
  }
  if (numbers.size === largest && !numbers.has(0)) return largest;
  reportAt(source, 'program', {
    expected: 'blanks numbered 1, 2, 3, ... with none left out',
    found: `blanks ${[...numbers].sort((a, b) => a - b).join(', ')}`,
    fix: 'Number them from 1 on.',
  });
  return null;
}

function checkFillings(
  source: SourceFile,
  answers: string[][],
  bank: string[] | null,
  blanks: number | null,
): void {
  checkRepeats(
    source,
    'answers',
    answers.map((answer) => JSON.stringify(answer)),
    'answer',
  );
  for (const [index, answer] of answers.entries()) {
    checkFilling(source, `answers.${index}`, answer, bank, blanks);
  }
}

/** Reports a filling of the wrong length, and tokens that the bank does not hold. */
export function checkFilling(
  source: SourceFile,
  path: string,
  filling: string[],
  bank: string[] | null,
  blanks: number | null,
): void {
  if (blanks !== null && filling.length !== blanks) {
    reportAt(source, path, {
      expected: `${blanks} ${blanks === 1 ? 'token' : 'tokens'}, one for each blank`,
      found: `${filling.length}: ${shown(filling)}`,
      fix: 'Give one token for each blank, in the order of their numbers.',
    });
  }
  for (const token of bank ? filling.filter((each) => !bank.includes(each)) : []) {
    const meant = nearest(token, bank!);
    reportAt(source, path, {
      expected: `a token of the bank: ${bank!.map((each) => shown(each)).join(', ')}`,
      found: shown(token),
      fix: meant ? `Did you mean ${shown(meant)}? Or add it to the bank.` : 'Add it to the bank.',
    });
  }
}

function checkRepeats(source: SourceFile, path: string, values: string[], word: string): void {
  for (const [index, value] of values.entries()) {
    const first = values.indexOf(value);
    if (first === index) continue;
    reportAt(source, `${path}.${index}`, {
      expected: `each ${word} once`,
      found: `${shown(value)} a second time`,
      fix: 'Take one of them out.',
    });
  }
}

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
