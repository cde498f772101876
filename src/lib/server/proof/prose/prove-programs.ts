/** Runs the programs that a document shows, and holds what they do against what it says. */
import type { LessonDocument, ProgramBlock } from '#lib/domain/document.ts';
import type { Finding, Lesson, SourcePlace } from '#lib/domain/exercise.ts';
import { besideDocument } from '#lib/domain/lesson-documents.ts';
import type { ProvenProgram } from '#lib/domain/proof.ts';
import type { RunError } from '#lib/domain/run.ts';
import { rowsFault, type RunRequest } from '../../sandbox/port.ts';
import { errorSentence, whatHappened } from '../happened.ts';
import type { ExerciseBench } from '../kinds/kind.ts';
import { observe, type Observed } from '../observe.ts';
import { outputDifference } from './output-difference.ts';

/** The same for every run, so that a program that asks for chance gets the same each time. */
const seed = 1;

/** What was found of a document's programs, or of its measurements. */
export interface ProseOutcome<Proven> {
  proven: Proven[];
  /** What speaks against the author. */
  refuting: Finding[];
  /** Why something could not be run, or came to no end: it says nothing of the document. */
  trouble: Finding[];
  runs: number;
}

/** A program of prose, with what its lesson says of how it is run. */
export function requestFor(
  lesson: Lesson,
  { program, serve, drive }: Pick<ProgramBlock, 'program' | 'serve' | 'drive'>,
): RunRequest {
  const { runtime, rows, apps } = lesson;
  return { runtime, program, serve, ...(drive === '' ? {} : { drive }), rows, apps, seed };
}

/** Runs them all, each in its turn. */
export async function provePrograms(
  document: LessonDocument,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<ProseOutcome<ProvenProgram>> {
  const blocks = document.blocks.filter((block) => block.kind === 'program');
  const all = await Promise.all(
    blocks.map(async (block) => {
      const request = requestFor(lesson, block);
      const asked = { request, expectations: [], patient: block.raises === null };
      const observed = await bench.inTurn(() => observe(bench, asked));
      bench.onRun();
      return { block, observed };
    }),
  );
  const sound = all.filter(({ observed }) => observed.trouble === null);
  const troubled = all.find(({ observed }) => observed.trouble !== null);
  const broken = sound.find(({ observed }) => observed.evidence.error?.type === rowsFault);
  return {
    proven: all.map(({ block, observed }) => ({ id: block.id, evidence: observed.evidence })),
    refuting: broken
      ? [brokenFixture(document, broken.observed.evidence.error!)]
      : sound.flatMap(({ block, observed }) => programFindings(block, observed)),
    trouble: troubled ? [hostTrouble(troubled.block.places.program, troubled.observed)] : [],
    runs: all.reduce((sum, { observed }) => sum + observed.runs, 0),
  };
}

/** What keeps a run from saying anything. */
export function hostTrouble(place: SourcePlace, observed: Observed): Finding {
  return {
    ...place,
    expected: 'the program run',
    found: observed.trouble ?? 'nothing',
    fix: 'This says nothing of the text. Try again; `assay doctor` says what the host lacks.',
  };
}

/** Rows or an app that cannot be made use of; where, the sandbox says in the message. */
export function brokenFixture(
  document: Pick<LessonDocument, 'file'>,
  { message }: RunError,
): Finding {
  const [, app, appLine] = /^The fixture's (\S+\.py)(?:, line (\d+),)? failed/.exec(message) ?? [];
  return {
    file: besideDocument(document, `fixture/${app ?? 'rows.py'}`),
    line: Number(appLine ?? / in line (\d+)/.exec(message)?.[1] ?? 1),
    expected: 'rows and apps that can be made before a program starts',
    found: message,
    fix: 'Mend the fixture.',
  };
}

/** Where an error was raised: in the program or in the drive. */
export function errorPlace(
  places: Pick<ProgramBlock['places'], 'program' | 'drive'>,
  error: RunError,
) {
  const start = error.place === 'drive' ? places.drive : places.program;
  return { file: start.file, line: start.line + Math.max(0, (error.line ?? 1) - 1) };
}

function programFindings(block: ProgramBlock, observed: Observed): Finding[] {
  const ended = endFinding(block, observed);
  if (ended) return [ended];
  const { places, output } = block;
  const [first = '', ...others] = observed.outputs;
  const unlike = others.find((other) => outputDifference(first, other) !== null);
  if (unlike !== undefined) {
    return [
      {
        ...places.output,
        expected: 'the same output each time',
        found: outputDifference(first, unlike)?.text ?? '',
        fix: 'Print only what does not depend on chance; let the waits in the program be longer.',
      },
    ];
  }
  const difference = outputDifference(output, observed.evidence.stdout);
  if (!difference) return [];
  return [
    {
      file: places.output.file,
      line: places.output.line + (output === '' ? 0 : difference.line),
      expected: 'in `output` what the program prints, and all of it',
      found: difference.text,
      fix: 'Lines with - stand in the document, lines with + were printed. Mend one of the two.',
    },
  ];
}

/** A program that did not end as the document says. */
function endFinding({ raises, places }: ProgramBlock, observed: Observed): Finding | null {
  const { outcome, error } = observed.evidence;
  const hasEnded = outcome === 'finished' || outcome === 'error';
  if (raises === null) {
    if (outcome === 'finished' && error === null) return null;
    return {
      ...(error ? errorPlace(places, error) : places.program),
      expected: 'the program to come to its end, and no exception',
      found: error ? errorSentence(error) : whatHappened(observed, ''),
      fix: error
        ? `Mend it, or say \`raises=${error.type}\` if that is what it shows.`
        : 'Look for what never ends or takes too much in the program or the drive.',
    };
  }
  if (hasEnded && error?.type === raises) return null;
  return {
    ...(error ? errorPlace(places, error) : places.program),
    expected: `the program to end in \`${raises}\`, as \`raises\` says`,
    found: error
      ? errorSentence(error)
      : outcome === 'finished'
        ? 'it came to its end, and nothing was raised'
        : whatHappened(observed, ''),
    fix: 'Mend the program, or take `raises` out.',
  };
}
