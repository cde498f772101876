import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CatalogueProof, ExerciseProof } from '#lib/domain/proof.ts';
import { openWorkshop } from '#lib/server/app.ts';
import { verifyCatalogue } from '#lib/server/use-cases/verify-catalogue.ts';
import { CommandProblem } from './command-problem.ts';
import { progressOn, proofText } from './print-proof.ts';
import { readConfig } from './read-config.ts';

const usage = `assay verify [DIR ...] [--json]
  Proves every exercise from nothing by running all of its answers, and holds each lesson's proof lock
  against what was found. DIR is a catalogue, or one lesson's folder; without it, the site's own content.
  Exit code 0 when everything is proven, 1 when something is refuted, 2 when something could not be run.
`;

/** The part of a proof that is promised to machines; docs/authoring.md describes it. */
function exerciseJson({ uid, id, kind, status, findings, answers }: ExerciseProof) {
  return {
    uid,
    id,
    kind,
    status,
    findings,
    answers: answers.map(({ answer, declared, observed, outcome, error }) => ({
      answer,
      declared,
      observed,
      outcome,
      error,
    })),
  };
}

function proofJson(proof: CatalogueProof, notes: string[]) {
  const { runtime, lessons, totals } = proof;
  return {
    runtime,
    lessons: lessons.map(({ id, findings, exercises }) => ({
      id,
      findings,
      exercises: exercises.map(exerciseJson),
    })),
    totals,
    notes,
  };
}

function exitCodeOf({ lessons, totals }: CatalogueProof): number {
  if (totals.refuted > 0) return 1;
  const isWhole = lessons.every(({ exercises }) =>
    exercises.every(({ status }) => status === 'proven'),
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
  const config = readConfig();
  const roots =
    positionals.length > 0 ? positionals.map((path) => resolve(path)) : config.contentRoots;
  const workshop = openWorkshop(config);
  const progress = progressOn(process.stderr);
  try {
    const verified = await verifyCatalogue(workshop, roots, progress.show);
    progress.clear();
    if (verified.kind === 'no-sandbox') {
      throw new CommandProblem(
        'Nothing can be run on this host, so nothing can be proven.',
        verified.problem,
      );
    }
    const { proof, notes } = verified;
    process.stdout.write(
      values.json
        ? `${JSON.stringify(proofJson(proof, notes), null, 2)}\n`
        : proofText(proof, notes),
    );
    return exitCodeOf(proof);
  } finally {
    await workshop.close();
  }
}
