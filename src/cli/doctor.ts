import { parseArgs } from 'node:util';
import { maskSecrets, settings } from '#config';
import { checkHost, type HostCheck } from './host-checks.ts';
import { readConfig } from './read-config.ts';

const usage = `assay doctor [--json]
  Says what this host can and cannot do, every setting in force, and the fix for what is wrong.
  Exit code 0 when the site can be served, 1 when not.
`;

const marks: Record<HostCheck['state'], string> = { ok: 'ok', warning: 'less', problem: 'no' };

function checkText({ name, state, found, fix }: HostCheck): string {
  const line = `  ${marks[state].padEnd(5)} ${name.padEnd(11)} ${found}`;
  return fix === '' ? line : `${line}\n${' '.repeat(20)}what to do: ${fix}`;
}

function settingLines(): string[] {
  const width = Math.max(...settings.map(({ name }) => name.length));
  return settings.map(({ name, default: fallback, isSecret }) => {
    const set = process.env[name]?.trim();
    const shown = set
      ? isSecret
        ? '***'
        : maskSecrets(set)
      : fallback
        ? `${fallback} (default)`
        : '(not set)';
    return `  ${name.padEnd(width)}  ${shown}`;
  });
}

/** @returns The exit code. */
export async function doctorCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const checks = await checkHost(readConfig());
  const text = `This host\n${checks.map(checkText).join('\n')}\n\nSettings\n${settingLines().join('\n')}\n`;
  process.stdout.write(values.json ? `${JSON.stringify({ checks }, null, 2)}\n` : text);
  return checks.some(({ state }) => state === 'problem') ? 1 : 0;
}
