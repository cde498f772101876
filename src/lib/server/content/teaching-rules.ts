/**
 * What keeps an exercise from being shown though it can be run: its words. Reported beside what the
 * runs find, so that an author hears of everything at once.
 */
import { allFillings, isDeclaredRight, misconceptionFor } from '#lib/domain/fillings.ts';
import { checkFilling } from './exercise-rules.ts';
import { shown } from './finding.ts';
import type { BlanksFile, ChoiceFile } from './schema.ts';
import { reportAt, type SourceFile } from './source.ts';
import { lineWithWord, proseProblems } from './text-rules.ts';

/** Reports prose that is not plain, or that names options by letters. */
export function checkText(
  source: SourceFile,
  fields: Partial<Omit<BlanksFile, 'kind'>> & Partial<Omit<ChoiceFile, 'kind'>>,
): void {
  const prose: [string, string | undefined][] = [
    ['title', fields.title],
    ['prompt', fields.prompt],
    ...(fields.hints ?? []).map((text, index): [string, string] => [`hints.${index}`, text]),
    ...(fields.solution ?? []).map((text, index): [string, string] => [`solution.${index}`, text]),
    ...(fields.misconceptions ?? []).map(({ says }, index): [string, string] => [
      `misconceptions.${index}.says`,
      says,
    ]),
    ...(fields.options ?? []).flatMap(({ text, why }, index): [string, string][] => [
      [`options.${index}.text`, text],
      [`options.${index}.why`, why],
    ]),
  ];
  for (const [path, text] of prose) {
    for (const problem of proseProblems(text ?? '')) reportAt(source, path, problem);
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
