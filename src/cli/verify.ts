import { parseArgs } from 'node:util';
import type {
  CatalogueProof,
  DocumentProof,
  ExerciseProof,
  LabProof,
  VisualizeProof,
} from '#lib/domain/proof.ts';
import { proofText } from '#lib/domain/proof-text.ts';
import { verifyCatalogue } from '#lib/server/use-cases/verify-catalogue.ts';
import { nothingProven } from './command-problem.ts';
import { inWorkshop, rootsFrom } from './in-workshop.ts';

const usage = `assay verify [DIR ...] [--json]
  Proves every exercise from nothing by running all of its answers, every document by running what it shows, and
  every claim of a lab by putting its scenarios under load; and holds each lesson's proof lock against what was found. DIR is a catalogue, or one lesson's folder; without it, the site's own content.
  Exit code 0 when everything is proven, 1 when something is refuted, 2 when something could not be run.
`;

/** The part of a proof that is promised to machines; docs/authoring.md describes it. */
function exerciseJson(exercise: ExerciseProof) {
  const { uid, id, kind, status, findings, answers, possible } = exercise;
  return {
    uid,
    id,
    kind,
    status,
    findings,
    ...(possible === null ? {} : { possible }),
    answers: answers.map(({ answer, declared, observed, outcome, error }) => ({
      answer,
      declared,
      observed,
      outcome,
      error,
    })),
  };
}

function documentJson({ name, status, findings, programs, compares }: DocumentProof) {
  return {
    ...{ name, status, findings },
    programs: programs.map(({ id, evidence: { outcome, error, stdout } }) => ({
      ...{ id, outcome, error, stdout },
    })),
    compares: compares.map(({ id, figures }) => ({ id, figures })),
  };
}

function visualizeJson({ status, findings, moments, quiz }: VisualizeProof) {
  return { status, findings, moments, quiz };
}

function labJson({ status, findings, scenarios, claims, machine, rounds, versions }: LabProof) {
  const measured = scenarios.map(({ id, measured }) => ({ id, measured }));
  return { status, findings, scenarios: measured, claims, machine, rounds, versions };
}

function proofJson(proof: CatalogueProof, notes: string[]) {
  const { runtime, lessons, totals } = proof;
  return {
    runtime,
    lessons: lessons.map(({ id, findings, exercises, documents, visualize, lab }) => ({
      id,
      findings,
      exercises: exercises.map(exerciseJson),
      documents: documents.map(documentJson),
      visualize: visualize && visualizeJson(visualize),
      lab: lab && labJson(lab),
    })),
    totals,
    notes,
  };
}

function exitCodeOf({ lessons, totals }: CatalogueProof): number {
  if (totals.refuted > 0) return 1;
  const isWhole = lessons.every(({ exercises, documents, visualize, lab }) =>
    [...exercises, ...documents, visualize, lab].every((each) => !each || each.status === 'proven'),
  );
  return isWhole ? 0 : 2;
}

/** @returns The exit code. */
export async function verifyCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const verified = await inWorkshop((workshop, config, onProgress) =>
    verifyCatalogue(workshop, rootsFrom(positionals, config), onProgress),
  );
  if (verified.kind === 'no-sandbox') throw nothingProven(verified.problem);
  const { proof, notes } = verified;
  const json = () => `${JSON.stringify(proofJson(proof, notes), null, 2)}\n`;
  process.stdout.write(values.json ? json() : proofText(proof, notes));
  return exitCodeOf(proof);
}
