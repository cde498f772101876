/** A proof as text for a terminal: the same on every one of them. */
import { stackName } from './evidence-sentence.ts';
import type { Finding } from './exercise.ts';
import type {
  CatalogueProof,
  DocumentProof,
  ExerciseProof,
  LabProof,
  LessonProof,
  VisualizeProof,
} from './proof.ts';

/** Where what was found begins; what it has of further lines stands below it. */
const findingColumn = 16;

function findingText({ file, line, expected, found, fix }: Finding): string {
  const below = found.replaceAll('\n', `\n${' '.repeat(findingColumn)}`);
  return [
    `    ${file}:${line}`,
    `      expected  ${expected}`,
    `      found     ${below}`,
    `      what to do: ${fix}`,
  ].join('\n');
}

function exerciseText(exercise: ExerciseProof): string {
  const { status, kind, id, answers, possible, runs } = exercise;
  const all = possible === null ? '' : ` of ${possible}`;
  const ran = `${answers.length}${all} answers, ${runs} ${runs === 1 ? 'run' : 'runs'}`;
  const head = `  ${status.padEnd(8)}  ${id} (${kind}; ${ran})`;
  return [head, ...exercise.findings.map(findingText)].join('\n');
}

function documentText({ status, name, findings, programs, compares, runs }: DocumentProof): string {
  const parts = [
    ...(programs.length > 0 ? [count(programs.length, 'program', 'programs')] : []),
    ...(compares.length > 0 ? [count(compares.length, 'measurement', 'measurements')] : []),
    count(runs, 'run', 'runs'),
  ];
  const head = `  ${status.padEnd(8)}  ${name} (document; ${parts.join(', ')})`;
  return [head, ...findings.map(findingText)].join('\n');
}

function visualizeText({ status, findings, runs }: VisualizeProof): string {
  const head = `  ${status.padEnd(8)}  visualize (recording; ${count(runs, 'run', 'runs')})`;
  return [head, ...findings.map(findingText)].join('\n');
}

function labText({ status, findings, scenarios, claims, runs }: LabProof): string {
  const open = claims.filter(({ verdict }) => verdict === 'inconclusive').length;
  const parts = [
    count(scenarios.length, 'scenario', 'scenarios'),
    `${count(claims.length, 'claim', 'claims')}${open > 0 ? `, ${open} inconclusive` : ''}`,
    count(runs, 'run', 'runs'),
  ];
  const head = `  ${status.padEnd(8)}  performance (lab; ${parts.join(', ')})`;
  return [head, ...findings.map(findingText)].join('\n');
}

function lessonText(lesson: LessonProof): string {
  const name = lesson.id === '' ? 'files of no lesson' : lesson.id;
  return [
    name,
    ...lesson.findings.map(findingText),
    ...lesson.documents.map(documentText),
    ...(lesson.visualize ? [visualizeText(lesson.visualize)] : []),
    ...(lesson.lab ? [labText(lesson.lab)] : []),
    ...lesson.exercises.map(exerciseText),
  ].join('\n');
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** One line on a whole proof. */
export function totalsText({ totals, runtime }: CatalogueProof): string {
  return [
    count(totals.exercises, 'exercise', 'exercises'),
    count(totals.answers, 'answer', 'answers'),
    ...(totals.documents > 0
      ? [
          count(totals.documents, 'document', 'documents'),
          count(totals.programs, 'program', 'programs'),
        ]
      : []),
    ...(totals.recordings > 0 ? [count(totals.recordings, 'recording', 'recordings')] : []),
    ...(totals.claims > 0 ? [count(totals.claims, 'claim', 'claims')] : []),
    `${count(totals.runs, 'run', 'runs')} on ${stackName(runtime.versions)}`,
    `${totals.refuted} refuted`,
    `${(totals.ms / 1000).toFixed(1)} s`,
  ].join(', ');
}

/** All lessons with all findings, and the totals. */
export function proofText(proof: CatalogueProof, notes: string[] = []): string {
  const parts = [...proof.lessons.map(lessonText), ...notes.map((note) => `note: ${note}`)];
  return `${[...parts, totalsText(proof)].join('\n\n')}\n`;
}

/** Only what is not proven, or inconclusive, and the totals: for whoever looks at it after each save. */
export function unprovenText(proof: CatalogueProof): string {
  const lessons = proof.lessons.flatMap((lesson) => {
    const exercises = lesson.exercises.filter(({ status }) => status !== 'proven');
    const documents = lesson.documents.filter(({ status }) => status !== 'proven');
    const visualize = lesson.visualize?.status === 'proven' ? null : lesson.visualize;
    // What is inconclusive is not refuted, and told all the same.
    const isLabWhole = lesson.lab?.status === 'proven' && lesson.lab.findings.length === 0;
    const lab = isLabWhole ? null : lesson.lab;
    const isWhole = exercises.length + documents.length + lesson.findings.length === 0;
    return isWhole && !visualize && !lab
      ? []
      : [{ ...lesson, exercises, documents, visualize, lab }];
  });
  return proofText({ ...proof, lessons });
}
