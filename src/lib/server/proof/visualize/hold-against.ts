/** Holds what an author says of a program against recordings of it. */
import type { Finding, SourcePlace } from '#lib/domain/exercise.ts';
import {
  findStep,
  lookUpFact,
  stepName,
  type LookedUp,
  type Recorded,
} from '#lib/domain/find-step.ts';
import type { ProvenOption, ProvenPlace, VisualizeProof } from '#lib/domain/proof.ts';
import type { Recording } from '#lib/domain/recording.ts';
import type { Fact, Moment, QuizQuestion, Visualize, WrongOption } from '#lib/domain/visualize.ts';
import { orderedJson } from '../digest.ts';

type Held = Pick<VisualizeProof, 'moments' | 'quiz'> & { findings: Finding[] };

/** What one option came to in each of the recordings. */
type Came = { text: string; looked: LookedUp | null }[];

interface Holding {
  /** The first is the one that is shown. */
  all: readonly Recorded[];
  visualize: Visualize;
  findings: Finding[];
}

/**
 * @param recordings - Of one program, made one after another; the first is the one that will be shown.
 * @returns All that speaks against the author, and where the rest was found.
 */
export function holdAgainst(visualize: Visualize, recordings: readonly Recording[]): Held {
  const all = recordings.map((recording) => ({ recording, sources: [visualize.program] }));
  const holding: Holding = { all, visualize, findings: [] };
  const moments = visualize.moments.map((moment, index) => holdMoment(holding, moment, index));
  const quiz = visualize.quiz.map((question, index) => holdQuestion(holding, question, index));
  return { moments, quiz, findings: holding.findings };
}

const nowhere: ProvenPlace = { step: null, name: null };

function holdMoment(holding: Holding, { at }: Moment, index: number): ProvenPlace {
  const found = holding.all.map((recorded) => ({ recorded, ...findStep(recorded, at) }));
  const problem = found.find((each) => 'problem' in each);
  if (problem && 'problem' in problem) {
    report(holding, `moments.${index}.at`, notFound(problem.problem));
    return nowhere;
  }
  const steps = found.flatMap((each) => ('step' in each ? [each] : []));
  const names = steps.map(({ recorded, step }) => stepName(recorded, step));
  return { step: steps[0]!.step, name: ifAlike(names) };
}

function holdQuestion(
  holding: Holding,
  { id, key, wrong }: QuizQuestion,
  index: number,
): VisualizeProof['quiz'][number] {
  const path = `quiz.${index}`;
  const ofKey = comeTo(holding, `${path}.key`, key.fact);
  if (ofKey && !isAlike(key.fact, ofKey)) report(holding, `${path}.key`, notAlike(key.fact, ofKey));
  if (ofKey && key.fact.what === 'step') holdHidden(holding, `${path}.key`, ofKey);
  const options = [provenOption(key.id, key.fact, ofKey)];
  const taken: string[] = [];
  for (const [number, { id: optionId, option }] of wrong.entries()) {
    const at = `${path}.wrong.${number}`;
    const came = comeTo(holding, at, option);
    options.push(provenOption(optionId, option, came));
    if (!came) continue;
    const same = ofKey?.findIndex(({ text }, place) => text === seen(came[place]!.text)) ?? -1;
    const shown = seen(came[0]!.text);
    if (same >= 0) report(holding, at, sameAsKey(option, seen(came[same]!.text)));
    else if (taken.includes(shown)) report(holding, at, saidTwice(option, shown));
    taken.push(shown);
  }
  return { id, options };
}

/** A moment has its number beside it: at the step that is asked for it would give the key away. */
function holdHidden(holding: Holding, path: string, ofKey: Came): void {
  const shown = holding.visualize.moments.findIndex(({ at }) =>
    holding.all.some((recorded, place) => {
      const found = findStep(recorded, at);
      return 'step' in found && found.step === ofKey[place]!.looked?.step;
    }),
  );
  if (shown < 0) return;
  report(holding, path, {
    expected: 'a step that no moment points out',
    found: `that of the moment \`${holding.visualize.moments[shown]!.title}\``,
    fix: 'Ask for another step, or put the moment elsewhere.',
  });
}

/** An author's text as it is read: without the marks of code. */
function seen(text: string): string {
  return text.replaceAll('`', '');
}

/** What an option comes to in each recording; null, with a finding, where it is not found in one of them. */
function comeTo(
  { all, ...holding }: Holding,
  path: string,
  option: WrongOption['option'],
): Came | null {
  if (option.what === 'text') return all.map(() => ({ text: option.text, looked: null }));
  const found = all.map((recorded) => lookUpFact(recorded, option));
  const problem = found.find((each) => 'problem' in each);
  if (problem && 'problem' in problem) {
    report({ all, ...holding }, path, notFound(problem.problem));
    return null;
  }
  return found.flatMap((each) => ('text' in each ? [{ text: each.text, looked: each }] : []));
}

function provenOption(id: string, option: WrongOption['option'], came: Came | null): ProvenOption {
  const looked = came?.flatMap((each) => each.looked ?? []) ?? [];
  const [text = null, ...others] = came?.map((each) => each.text) ?? [];
  return {
    ...{ id, what: option.what, text, isAlike: others.every((each) => each === text) },
    step: looked[0]?.step ?? null,
    name: option.what === 'text' ? null : ifAlike(looked.map(({ name }) => name)),
  };
}

/** Numbers of steps may differ from run to run; what the step is may not. All else is a text. */
function isAlike({ what }: Fact, came: Came): boolean {
  const said = came.map(({ text, looked }) => (what === 'step' ? orderedJson(looked?.name) : text));
  return said.every((each) => each === said[0]);
}

function ifAlike<T>(all: readonly T[]): T | null {
  const [first, ...others] = all;
  if (first === undefined) return null;
  return others.every((each) => orderedJson(each) === orderedJson(first)) ? first : null;
}

type Wording = Pick<Finding, 'expected' | 'found' | 'fix'>;

function report({ visualize: { places }, findings }: Holding, path: string, wording: Wording) {
  findings.push({ ...placeIn(places, path), ...wording });
}

/** Where a part of the file stands, or the part that it belongs to. */
export function placeIn(places: Visualize['places'], path: string): SourcePlace {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const place = places[at];
    if (place) return place;
  }
  return places['']!;
}

function notFound(problem: string): Wording {
  return {
    expected: 'a step like this in every recording of the program',
    found: problem,
    fix: 'Mend the place, or the program.',
  };
}

function notAlike({ what }: Fact, came: Came): Wording {
  const said = came.map(({ text, looked }) => (what === 'step' ? nameText(looked) : `\`${text}\``));
  return {
    expected: 'a key that is the same each time the program runs',
    found: [...new Set(said)].join(', then '),
    fix: 'Ask for something that does not depend on chance, or let the waits in the program be longer.',
  };
}

function nameText(looked: LookedUp | null): string {
  const { kind, function: called, line } = looked!.name;
  const where = called === null ? '' : ` in \`${called}\``;
  return `\`${kind}\`${where}${line === null ? '' : `, line ${line}`}`;
}

function sameAsKey({ what }: WrongOption['option'], text: string): Wording {
  return {
    expected: 'a wrong option that comes to something else than the key',
    found: `the same: ${optionText(what, text)}`,
    fix: 'Take another place or text, or mend the key.',
  };
}

function saidTwice({ what }: WrongOption['option'], text: string): Wording {
  return {
    expected: 'options that differ from each other',
    found: `${optionText(what, text)} a second time`,
    fix: 'Take another place or text, or leave it out.',
  };
}

function optionText(what: WrongOption['option']['what'], text: string): string {
  return what === 'step' ? `step ${text}` : `\`${text}\``;
}
