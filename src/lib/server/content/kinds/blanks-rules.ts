/** What a schema cannot say of an exercise with blanks. */
import {
  allFillings,
  blankMarks,
  countFillings,
  isDeclaredRight,
  maxFillings,
  misconceptionFor,
  optionMark,
} from '#lib/domain/fillings.ts';
import { checkRepeats } from '../exercise-rules.ts';
import { nearest, shown } from '../finding.ts';
import { reportAt, type SourceFile } from '../source.ts';
import { lineWithWord } from '../text-rules.ts';
import type { BlanksFile } from './blanks.ts';

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
function checkFilling(
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

/** Reports a right token that a learner can read off the page. */
export function checkKeyHidden(source: SourceFile, fields: Partial<BlanksFile>): void {
  for (const token of new Set(fields.answers?.flat() ?? [])) {
    const line = lineWithWord((fields.program ?? '').replace(/<<\d+>>/g, ' '), token);
    const start = source.places['program:text'];
    if (line !== -1) {
      source.findings.push({
        file: source.file,
        line: start ? start.line + line : (source.places['program']?.line ?? 1),
        expected: `the right token ${shown(token)} nowhere but in the bank`,
        found: 'it stands in the program that the learner sees',
        fix: 'Change the program so that the line does not give the answer away.',
      });
    }
    for (const path of ['title', 'prompt'] as const) {
      if (lineWithWord(fields[path] ?? '', token) === -1) continue;
      reportAt(source, path, {
        expected: `the right token ${shown(token)} nowhere but in the bank`,
        found: `it stands in the ${path}`,
        fix: 'Say it without naming the token.',
      });
    }
  }
}

/** Reports wrong fillings of which nothing is said, and misconceptions that speak of nothing wrong. */
export function checkMisconceptions(source: SourceFile, fields: BlanksFile, blanks: number): void {
  for (const [index, entry] of fields.misconceptions.entries()) {
    checkMisconception(source, `misconceptions.${index}`, entry, fields, blanks);
  }
  const exercise = {
    answers: fields.answers,
    misconceptions: fields.misconceptions.map(toMisconception),
  };
  const silent = allFillings(fields.bank, blanks).filter(
    (filling) => !isDeclaredRight(fields.answers, filling) && !misconceptionFor(exercise, filling),
  );
  if (silent.length === 0) return;
  const some = silent.slice(0, 4).map((filling) => shown(filling.join(', ')));
  reportAt(source, source.places['misconceptions'] ? 'misconceptions' : 'bank', {
    expected: 'a misconception for every wrong filling',
    found: `none for ${some.join('; ')}${silent.length > 4 ? ` and ${silent.length - 4} more` : ''}`,
    fix: 'Add entries under `misconceptions`: by blank and token, by token, or for a whole filling.',
  });
}

type MisconceptionFile = BlanksFile['misconceptions'][number];

/** A misconception with null for what its author left out. */
export function toMisconception({ blank, token, filling, says }: MisconceptionFile) {
  return { blank: blank ?? null, token: token ?? null, filling: filling ?? null, says };
}

function checkMisconception(
  source: SourceFile,
  path: string,
  { blank, token, filling }: MisconceptionFile,
  { bank, answers }: BlanksFile,
  blanks: number,
): void {
  if ((token === undefined) === (filling === undefined) || (filling && blank !== undefined)) {
    reportAt(source, path, {
      expected: '`token`, or `blank` and `token`, or `filling`',
      found: shown(Object.keys(JSON.parse(JSON.stringify({ blank, token, filling }))).join(', ')),
      fix: 'Say of which wrong token, or of which whole filling, it speaks.',
    });
    return;
  }
  if (filling) checkFilling(source, path, filling, bank, blanks);
  if (token !== undefined) checkFilling(source, path, [token], bank, null);
  if (blank !== undefined && blank > blanks) {
    reportAt(source, path, {
      expected: `a blank from 1 to ${blanks}`,
      found: `blank ${blank}`,
      fix: 'Name a blank that the program has.',
    });
  }
  const always = (at: number) => answers.every((answer) => answer[at] === token);
  const onlyRight =
    token !== undefined &&
    (blank !== undefined
      ? blank <= blanks && always(blank - 1)
      : Array.from({ length: blanks }, (_, at) => at).every(always));
  if (onlyRight || (filling && isDeclaredRight(answers, filling))) {
    reportAt(source, path, {
      expected: 'something said of a wrong answer',
      found: `${shown(token ?? filling)} is declared right there`,
      fix: 'Take the misconception out, or mend `answers`.',
    });
  }
}
