/** A lesson's measured scenarios as their page shows them. What was measured is added only once it was guessed. */
import type { ServedLab } from './catalogue.ts';
import { describeMeasure } from './lab-measures.ts';
import type { LabResult } from './lab.ts';
import type { LabClaim, LabScenario } from './lesson-lab.ts';
import type {
  ClaimView,
  Guess,
  MeasuredScenario,
  MeasuredView,
  PerformanceView,
  ScenarioView,
} from './performance-view.ts';
import type { HighlightCode } from './present-evidence.ts';
import type { LabMachine, ProvenClaim, ProvenScenario } from './proof.ts';
import { toProse } from './prose.ts';

/** What is told of a kept run beside the run itself. */
interface ShownRun {
  scenario: LabScenario;
  /** Names it on the shelf. */
  run: string;
  measured: ProvenScenario['measured'];
}

/** The two runs that are seen side by side, and where they were made. */
export interface ShownPair {
  chosen: ShownRun;
  against: ShownRun;
  machine: LabMachine;
}

/** One kept run of each of the two. */
export interface KeptPair {
  chosen: LabResult;
  against: LabResult;
}

/** @returns The scenario of this id, or the first: that is what the page begins with. */
export function chooseScenario({ lab }: ServedLab, id: string | null): LabScenario {
  return lab.scenarios.find((scenario) => scenario.id === id) ?? lab.scenarios[0]!;
}

/** @returns What is shown of a scenario; null where this host has kept none of it. */
export function pairToShow(served: ServedLab, scenario: LabScenario): ShownPair | null {
  const chosen = runToShow(served, scenario.id);
  const against = runToShow(served, scenario.against);
  const { machine } = served.proof;
  return chosen && against && machine && { chosen, against, machine };
}

function runToShow({ lab, proof }: ServedLab, id: string): ShownRun | null {
  const scenario = lab.scenarios.find((each) => each.id === id);
  const proven = proof.scenarios.find((each) => each.id === id);
  if (!scenario || !proven?.run) return null;
  return { scenario, run: proven.run, measured: proven.measured };
}

/**
 * @param shown - With the runs themselves; null before they were guessed, or that was waived.
 */
export function presentPerformance(
  served: ServedLab,
  { chosen, guess }: { chosen: LabScenario; guess: Guess | null },
  shown: { pair: ShownPair; kept: KeptPair } | null,
  highlight: HighlightCode,
): PerformanceView {
  const { title, intro, scenarios } = served.lab;
  const { versions, provenAt, rounds } = served.proof;
  return {
    ...{ title, intro: toProse(intro) },
    scenarios: scenarios.map((each) => presentScenario(each, highlight)),
    ...{ chosen: chosen.id, guess },
    measured: shown && presentMeasured(served, shown.pair, shown.kept),
    hallmark: { ran: ranText(scenarios.length, rounds), versions, provenAt },
  };
}

function ranText(scenarios: number, rounds: number): string {
  return `${scenarios} scenarios run ${rounds === 1 ? 'once' : `${rounds} times`} each`;
}

function presentScenario(scenario: LabScenario, highlight: HighlightCode): ScenarioView {
  const { id, title, says, program, view, load, knobs, against } = scenario;
  return {
    ...{ id, title, says: toProse(says), view, load, knobs, against },
    ...{ source: program, program: highlight(program) },
  };
}

function presentMeasured(
  { lab, proof }: ServedLab,
  { chosen, against, machine }: ShownPair,
  kept: KeptPair,
): MeasuredView {
  return {
    chosen: presentRun(chosen, kept.chosen),
    against: presentRun(against, kept.against),
    claims: lab.claims.flatMap((claim) => {
      const proven = proof.claims.find(({ id }) => id === claim.id);
      return proven && isAbout(claim, chosen.scenario.id) ? [presentClaim(claim, proven)] : [];
    }),
    ...{ machine, rounds: proof.rounds },
  };
}

function presentRun(
  { scenario: { id, title }, run, measured }: ShownRun,
  result: LabResult,
): MeasuredScenario {
  return { scenario: id, title, run, result, measured };
}

function isAbout({ inequality: { left, right } }: LabClaim, scenario: string): boolean {
  return left.scenario === scenario || right?.scenario === scenario;
}

function presentClaim({ says, holds, inequality }: LabClaim, proven: ProvenClaim): ClaimView {
  const { id, verdict, left, right } = proven;
  return {
    ...{ id, says: toProse(says), holds, verdict, left, right },
    measure: describeMeasure(inequality.left.measure),
  };
}
