import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import {
  listReports,
  resolveReport,
  type ListedReport,
} from '#lib/server/use-cases/list-reports.ts';
import { CommandProblem } from './command-problem.ts';
import { inDesk } from './in-desk.ts';
import { harmlessJson } from './terminal-text.ts';

const usage = `assay reports [--all] [--json]
assay reports --resolve ID
  Lists what learners reported of exercises and is not resolved yet, newest first: the file of the
  exercise, whether it has changed since, what the learner had answered in that round, and the text.
  --all        the resolved ones, too
  --resolve    mark one as dealt with, by its id
`;

const standings: Record<ListedReport['standing'], string> = {
  same: 'the exercise is as it was',
  changed: 'the exercise has changed since',
  gone: 'no lesson has this exercise any more',
};

/** @returns The exit code. */
export async function reportsCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      resolve: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (values.resolve !== undefined) return resolveOne(values.resolve);
  const reports = await inDesk((desk) => listReports(desk, values.all ? 'all' : 'open'));
  process.stdout.write(values.json ? `${harmlessJson({ reports })}\n` : textOf(reports));
  return 0;
}

async function resolveOne(id: string): Promise<number> {
  const isThere = await inDesk((desk) => resolveReport(desk, id));
  if (!isThere) {
    throw new CommandProblem('There is no report with that id.', './assay reports lists them.');
  }
  process.stdout.write(`Resolved: ${id}\n`);
  return 0;
}

function textOf(reports: ListedReport[]): string {
  if (reports.length === 0) return 'No reports.\n';
  const count = reports.length === 1 ? '1 report' : `${reports.length} reports`;
  return `${reports.map(reportText).join('\n')}\n${count}\n`;
}

function reportText(report: ListedReport): string {
  const { exercise, exerciseUid, lessonId } = report;
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
  const rows: [string, string][] = [
    ['id', report.id],
    ['lesson', `${exercise ? `${exercise.lessonTitle} (${lessonId})` : lessonId}, ${report.mode}`],
    ['exercise', exercise ? `${exercise.title} (${exerciseUid})` : exerciseUid],
    ...(exercise ? [['file', relative(process.cwd(), exercise.file)] as [string, string]] : []),
    ['content', `${report.contentVersion}: ${standings[report.standing]}`],
    ...(versions.length > 0 ? [['proven on', versions.join(', ')] as [string, string]] : []),
    ['answered', answersText(report)],
    ...(report.resolvedAt ? [['resolved', report.resolvedAt] as [string, string]] : []),
  ];
  const told = rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`).join('\n');
  // Every line of what was written stands behind a bar, so that it cannot pass for one of ours.
  const said = report.text === '' ? '' : `${report.text.replace(/^/gm, '  | ')}\n`;
  return `${report.at}  ${report.kind}\n${told}\n${said}`;
}

function answersText({ attempts, round }: ListedReport): string {
  const answers = attempts.map(({ answer, verdict }) => `${answer.join(', ')} (${verdict})`);
  return `${answers.length > 0 ? answers.join('; ') : 'nothing yet'}, in round ${round}`;
}
