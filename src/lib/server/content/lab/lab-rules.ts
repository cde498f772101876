/** What a schema cannot say of `lab.yaml`: names that are there, and claims that a measurement can settle. */
import { isCount, measureNames, type MeasureName } from '#lib/domain/lab-measures.ts';
import { checkText } from '../exercise-rules.ts';
import { nearest, shown, type Wording } from '../finding.ts';
import { reportAt, type SourceFile } from '../source.ts';
import type { ClaimFields, ScenarioFields } from './lab-schema.ts';
import {
  parseInequality,
  type WrittenInequality,
  type WrittenMeasured,
} from './parse-inequality.ts';

/** What could be read of the file: of each scenario and claim, the fields that are right. */
export interface LabFields {
  title: string | undefined;
  intro: string | undefined;
  scenarios: ScenarioFields[];
  claims: ClaimFields[];
}

/** Between these a host that is busy for a moment decides what holds. */
const tooNear = { above: 0.8, below: 1.25 };
/** Beyond these nothing is said that a measurement could miss. */
const marginBounds = { least: 0.01, most: 100 };

/** Reports what keeps the scenarios from being run and the claims from being judged. */
export function checkLab(source: SourceFile, { scenarios, claims }: LabFields): void {
  const ids = scenarios.map(({ id }) => id);
  for (const [index, scenario] of scenarios.entries()) {
    const { id, against } = scenario;
    const path = `scenarios.${index}`;
    if (id !== undefined && ids.indexOf(id) < index) {
      reportAt(source, `${path}.id`, {
        expected: 'an id that no other scenario has',
        found: `${shown(id)} a second time`,
        fix: 'Give the scenario its own id.',
      });
    }
    if (against !== undefined) checkAgainst(source, `${path}.against`, scenario, scenarios);
    checkKnobs(source, path, scenario);
  }
  const spokenOf = checkClaims(source, claims, scenarios);
  // Without claims that could be read, no scenario is spoken of.
  if (claims.length === 0) return;
  for (const [index, id] of ids.entries()) {
    if (id === undefined || spokenOf.has(id)) continue;
    reportAt(source, `scenarios.${index}.id`, {
      expected: 'a scenario that a claim speaks of',
      found: `${shown(id)}, of which none does`,
      fix: 'Claim something of it, or take it out.',
    });
  }
}

/** Reports a view that its program does not have. */
export function checkView(source: SourceFile, path: string, view: string, program: string): void {
  const names = topNames(program);
  if (names.includes(view)) return;
  const meant = nearest(view, names);
  reportAt(source, path, {
    expected: 'a view that the program has at its top level',
    found: `${shown(view)}, which it has not`,
    fix: meant ? `Did you mean ${shown(meant)}?` : 'Write it, or mend the name.',
  });
}

/** Reports texts that are not plain. */
export function checkLabText(
  source: SourceFile,
  { title, intro, scenarios, claims }: LabFields,
): void {
  checkText(source, [
    ['title', title],
    ['intro', intro],
    ...scenarios.flatMap((scenario, index): [string, string | undefined][] => [
      [`scenarios.${index}.title`, scenario.title],
      [`scenarios.${index}.says`, scenario.says],
    ]),
    ...claims.map(({ says }, index): [string, string | undefined] => [
      ...([`claims.${index}.says`, says] as const),
    ]),
  ]);
}

function checkAgainst(
  source: SourceFile,
  path: string,
  { id, against = '' }: ScenarioFields,
  scenarios: readonly ScenarioFields[],
): void {
  const others = scenarios.flatMap((each) => (each.id === id ? [] : (each.id ?? [])));
  if (others.includes(against)) return;
  const meant = nearest(against, others);
  reportAt(source, path, {
    expected: 'the id of another scenario',
    found: against === id ? 'its own' : shown(against),
    fix: meant ? `Did you mean ${shown(meant)}?` : 'Name the one that it is shown beside.',
  });
}

/** Numbers that are named twice, or that have no effect. */
function checkKnobs(
  source: SourceFile,
  path: string,
  { server, load, knobs = [] }: ScenarioFields,
): void {
  for (const [index, knob] of knobs.entries()) {
    if (knobs.indexOf(knob) === index) continue;
    reportAt(source, `${path}.knobs`, {
      expected: 'each knob once',
      found: `${shown(knob)} a second time`,
      fix: 'Take one of them out.',
    });
  }
  if (server !== 'asgi') return;
  const withoutThreads: Wording = {
    expected: 'numbers that have an effect: threads are those of `wsgi`',
    found: '`threads` in a scenario that is served by `asgi`',
    fix: 'Take it out.',
  };
  if (knobs.includes('threads')) reportAt(source, `${path}.knobs`, withoutThreads);
  if (load?.threads !== undefined) reportAt(source, `${path}.load.threads`, withoutThreads);
}

/** @returns Ids of the scenarios that the claims speak of. */
function checkClaims(
  source: SourceFile,
  claims: readonly ClaimFields[],
  scenarios: readonly ScenarioFields[],
): ReadonlySet<string> {
  const spokenOf = new Set<string>();
  const said: string[] = [];
  for (const [index, { holds }] of claims.entries()) {
    if (holds === undefined) continue;
    const path = `claims.${index}.holds`;
    const written = parseInequality(holds);
    if (!written) {
      reportAt(source, path, otherForm(holds));
      // It may well speak of those that it names.
      for (const { id } of scenarios) if (id && holds.includes(`${id}.`)) spokenOf.add(id);
      continue;
    }
    const sides = [written.left, ...(written.right ? [written.right] : [])];
    for (const { scenario } of sides) spokenOf.add(scenario);
    const problems = sides.flatMap((side) => nameProblems(side, scenarios));
    const problem = problems.length > 0 ? null : comparisonProblem(written);
    for (const each of problem ? [problem] : problems) reportAt(source, path, each);
    const same = JSON.stringify(written);
    if (said.includes(same)) {
      reportAt(source, path, {
        expected: 'a claim that no other one makes',
        found: `${shown(holds)} a second time`,
        fix: 'Claim something else, or take it out.',
      });
    }
    said.push(same);
  }
  return spokenOf;
}

function otherForm(holds: string): Wording {
  const sign = /[<>](?!=)|(?<![=<>!])=(?!=)|!=/.exec(holds)?.[0];
  return {
    expected:
      '`scenario.measure`, one of `==`, `>=`, `<=`, then a number, `scenario.measure`, or `number * scenario.measure`',
    found: shown(holds, 100),
    fix: sign
      ? `Write \`==\`, \`>=\` or \`<=\` in place of \`${sign}\`.`
      : 'Write it so; docs/authoring.md has examples.',
  };
}

/** What is not known of one side; `ticks` is known of scenarios that have an event loop. */
function nameProblems(
  { scenario, measure }: WrittenMeasured,
  scenarios: readonly ScenarioFields[],
): Wording[] {
  const problems: Wording[] = [];
  const ids = [...new Set(scenarios.flatMap(({ id }) => id ?? []))];
  const of = scenarios.find(({ id }) => id === scenario);
  if (!of) {
    const meant = nearest(scenario, ids);
    problems.push({
      expected: `a scenario of the lab: ${ids.map((id) => shown(id)).join(', ')}`,
      found: shown(scenario),
      fix: meant ? `Did you mean ${shown(meant)}?` : 'Name one that is there, or add it.',
    });
  }
  if (!isMeasure(measure)) {
    const meant = nearest(measure, measureNames);
    problems.push({
      expected: `a measure: ${measureNames.map((name) => shown(name)).join(', ')}`,
      found: shown(measure),
      fix: meant ? `Did you mean ${shown(meant)}?` : 'Write one of those.',
    });
  } else if (measure === 'ticks' && of?.server === 'wsgi') {
    problems.push({
      expected: '`ticks` of a scenario that is served by `asgi`',
      found: `${shown(scenario)}, whose server has no event loop`,
      fix: 'Claim another measure of it.',
    });
  }
  return problems;
}

function isMeasure(name: string): name is MeasureName {
  return (measureNames as string[]).includes(name);
}

/** Why runs could not settle a claim whose names are all known; null: they can. */
function comparisonProblem({ left, compared, factor, right }: WrittenInequality): Wording | null {
  const isSame = right?.scenario === left.scenario && right.measure === left.measure;
  if (isSame) {
    return {
      expected: 'two measures, or a measure and a number',
      found: `${shown(`${left.scenario}.${left.measure}`)} held against itself`,
      fix: 'Name another scenario, or another measure.',
    };
  }
  if (isCount(left.measure as MeasureName)) return countProblem(left, right, factor);
  if (right === null) return bareNumber(left);
  if (right.measure !== left.measure || right.scenario === left.scenario) {
    return {
      expected: `${shown(left.measure)} of another scenario`,
      found: shown(`${right.scenario}.${right.measure}`),
      fix: 'Times and rates are compared with the same measure of another scenario.',
    };
  }
  if (compared === '==') {
    return {
      expected: '`>=` or `<=` between times or rates',
      found: '`==`, which no two runs keep to',
      fix: 'Say which is more, and by how much at least.',
    };
  }
  const isNear = factor > tooNear.above && factor < tooNear.below;
  if (!isNear && factor >= marginBounds.least && factor <= marginBounds.most) return null;
  return {
    expected: `a margin from ${marginBounds.least} to ${tooNear.above}, or from ${tooNear.below} to ${marginBounds.most}`,
    found: `\`${factor} *\``,
    fix: isNear
      ? 'Claim less: what a busy moment of the host turns round is nothing to build on.'
      : 'Mend the number.',
  };
}

function countProblem(
  { measure }: WrittenMeasured,
  right: WrittenMeasured | null,
  factor: number,
): Wording | null {
  if (right && !isCount(right.measure as MeasureName)) {
    return {
      expected: `a count, as ${shown(measure)} is`,
      found: `${shown(right.measure)}, which depends on the machine`,
      fix: 'Hold it against a number, or against another count.',
    };
  }
  if (right || Number.isInteger(factor)) return null;
  return {
    expected: `a whole number, as ${shown(measure)} is a count`,
    found: shown(String(factor)),
    fix: 'Write a whole number.',
  };
}

function bareNumber({ measure }: WrittenMeasured): Wording {
  return {
    expected: `${shown(measure)} held against that of another scenario, with a margin`,
    found: 'a number: what holds on this host need not hold on another',
    fix: `Write \`>= 3 * other-scenario.${measure}\`, or claim a count.`,
  };
}

/** What a program defines, assigns or imports at its top level. */
function topNames(program: string): string[] {
  const names: string[] = [];
  for (const line of program.split('\n')) {
    const defined = /^(?:(?:async\s+)?def|class)\s+([A-Za-z_]\w*)/.exec(line)?.[1];
    const assigned = /^([A-Za-z_]\w*)\s*(?::[^=]*)?=(?!=)/.exec(line)?.[1];
    const imported = /^(?:from\s+\S+\s+)?import\s+(.*)$/.exec(line)?.[1];
    const bound = imported?.split(',').map((part) => /(\w+)\W*$/.exec(part)?.[1] ?? '') ?? [];
    names.push(...[defined, assigned, ...bound].filter((name) => name !== undefined));
  }
  return names;
}
