/** What a schema cannot say of `visualize.yaml`: what is looked up is said in one way, and each place names something. */
import { checkText } from '../exercise-rules.ts';
import { shown } from '../finding.ts';
import { reportAt, type SourceFile } from '../source.ts';
import type { LookedFile, PlaceFile, VisualizeFile } from './visualize-schema.ts';

const ways = ['step', 'count', 'thread', 'task', 'value'] as const;

/** Reports what keeps the file from being looked up in a recording. */
export function checkVisualize(source: SourceFile, fields: Partial<VisualizeFile>): void {
  const { serve = {}, drive, moments = [], quiz = [] } = fields;
  if (Object.keys(serve).length > 0 && drive === undefined) {
    reportAt(source, 'serve', {
      expected: 'a `drive`, as something is served',
      found: 'none, so nobody asks the view',
      fix: 'Add one, or take `serve` out.',
    });
  }
  for (const [index, { at }] of moments.entries()) checkPlace(source, `moments.${index}.at`, at);
  const keys: string[] = [];
  for (const [index, { key, wrong }] of quiz.entries()) {
    const path = `quiz.${index}`;
    checkLooked(source, `${path}.key`, key, []);
    for (const [number, option] of wrong.entries()) {
      checkLooked(source, `${path}.wrong.${number}`, option, ['text']);
    }
    const said = JSON.stringify(key);
    if (keys.includes(said)) {
      reportAt(source, `${path}.key`, {
        expected: 'a key that no other question has',
        found: 'the one of an earlier question',
        fix: 'Ask something else.',
      });
    }
    keys.push(said);
  }
}

/** Reports texts that are not plain, or that name options by letters. */
export function checkVisualizeText(
  source: SourceFile,
  { title, intro, moments = [], quiz = [] }: Partial<VisualizeFile>,
): void {
  checkText(source, [
    ['title', title],
    ['intro', intro],
    ...moments.flatMap((moment, index): [string, string][] => [
      [`moments.${index}.title`, moment.title],
      [`moments.${index}.says`, moment.says],
    ]),
    ...quiz.flatMap(({ ask, why, wrong }, index): [string, string | undefined][] => [
      [`quiz.${index}.ask`, ask],
      [`quiz.${index}.why`, why],
      ...wrong.flatMap((option, number): [string, string | undefined][] => [
        [`quiz.${index}.wrong.${number}.why`, option.why],
        [`quiz.${index}.wrong.${number}.text`, option.text],
      ]),
    ]),
  ]);
}

function checkLooked(
  source: SourceFile,
  path: string,
  looked: LookedFile & { text?: string | undefined },
  others: readonly 'text'[],
): void {
  const allowed = [...ways, ...others];
  const named = allowed.filter((way) => looked[way] !== undefined);
  if (named.length !== 1) {
    reportAt(source, path, {
      expected: `one of ${allowed.map((way) => shown(way)).join(', ')}`,
      found: named.length === 0 ? 'none of them' : named.map((way) => shown(way)).join(' and '),
      fix: named.length === 0 ? 'Say what is looked up in the record.' : 'Keep one.',
    });
    return;
  }
  const [way] = named;
  if ((way === 'value') !== (looked.at !== undefined)) {
    reportAt(source, path, {
      expected: way === 'value' ? '`at`, the place of the value' : `no \`at\` beside ${shown(way)}`,
      found: way === 'value' ? 'no such field' : '`at` as well',
      fix: way === 'value' ? 'Add `at: { ... }`.' : 'Take it out: the place stands in its own field.',
    });
    return;
  }
  const place = way === 'value' ? looked.at : way === 'text' ? undefined : looked[way!];
  if (typeof place !== 'object') return;
  const at = way === 'value' ? `${path}.at` : `${path}.${way}`;
  checkPlace(source, at, place);
  if (way === 'count' && place.nth !== undefined) {
    reportAt(source, `${at}.nth`, {
      expected: 'no `nth` in what is counted',
      found: `\`nth: ${place.nth}\``,
      fix: 'Take it out: all steps that are like this are counted.',
    });
  }
}

/** A place that asks for nothing would be the first step, or the next one, whatever it is. */
function checkPlace(source: SourceFile, path: string, place: PlaceFile): void {
  const { nth: _, after, ...asked } = place;
  if (Object.values(asked).every((value) => value === undefined)) {
    reportAt(source, path, {
      expected: 'something that the step is known by, such as `kind` or `line`',
      found: 'nothing of the kind',
      fix: 'Say what the step is like.',
    });
  }
  if (after) checkPlace(source, `${path}.after`, after);
}
