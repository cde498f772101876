/**
 * Every setting of Assay: its name, its default and its check. Settings are environment variables, read
 * once at the start. All that is wrong with them is told at once, with what to do.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import {
  databaseUrl,
  decimal,
  foldersToRead,
  folderToWrite,
  headerName,
  integer,
  issuer,
  origin,
  sender,
  smtpUrl,
} from './setting-values.ts';

export interface Config {
  /** Folder that holds package.json; absolute. */
  root: string;
  /** 0: the system chooses. */
  port: number;
  host: string;
  /** Address under which browsers see the site, `https://assay.example`; null when requests tell it. */
  origin: string | null;
  /** Lower-case names of headers that a proxy in front overwrites; null when not to be believed. */
  protocolHeader: string | null;
  hostHeader: string | null;
  addressHeader: string | null;
  /** Number of proxies that add to `addressHeader` when it is x-forwarded-for. */
  forwardedDepth: number;
  /** Absolute; made when it is not there. */
  dataDir: string;
  /** Absolute paths of the folders that hold lessons. */
  contentRoots: string[];
  /** Whether learners' code may be run. */
  isExecutionOn: boolean;
  /** Memory that all running programs share, in MiB. */
  sandboxMemoryMb: number;
  /** How programs are shut in; nothing falls back from one to the other. */
  sandboxTier: 'full' | 'no-namespaces';
  /** `postgres://...`; null: SQLite in `dataDir`. Holds a password: show it only through {@link maskSecrets}. */
  databaseUrl: string | null;
  /** How many times the usual rates of requests are allowed; 0: as many as come. */
  rateLimitFactor: number;
  logLevel: LogLevel;
  /** What cookies and links are signed with; null: made once, in `dataDir`. */
  authSecret: string | null;
  /** `smtp://...` or `smtps://...`; null: no mail is sent. Holds a password. */
  smtpUrl: string | null;
  /** The sender of mails. */
  mailFrom: string | null;
  githubId: string | null;
  githubSecret: string | null;
  googleId: string | null;
  googleSecret: string | null;
  gitlabId: string | null;
  gitlabSecret: string | null;
  /** The issuer of any other OpenID Connect provider. */
  oidcUrl: string | null;
  oidcId: string | null;
  oidcSecret: string | null;
  /** What its button says. */
  oidcName: string;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** One thing that is wrong with the settings. `value` is fit to be shown. */
export interface SettingProblem {
  name: string;
  value: string;
  expected: string;
  fix: string;
}

export interface Setting {
  name: string;
  /** As text for people; empty when there is none. */
  default: string;
  description: string;
  /** It is never shown, not even when it is wrong. */
  isSecret?: boolean;
}

export type LoadedConfig = { ok: true; config: Config } | { ok: false; problems: SettingProblem[] };

interface Definition extends Setting {
  /** What is accepted, completing "expected ...". */
  expected: string;
  example: string;
  /** Turns the text of the variable into its value, or fails; root is the folder of package.json. */
  schema: (root: string) => z.ZodType<unknown>;
}

/** Half of what a provider knows Assay by: id and secret are set together, or neither is. */
const provider = (name: string, half: 'ID' | 'SECRET', whose: string): Definition => ({
  name: `ASSAY_${name}_${half}`,
  default: '',
  description: `${half === 'ID' ? 'Client id' : 'Client secret'} of Assay at ${whose}: with both, learners can sign in with an account there.`,
  expected: 'what the provider has given, without spaces',
  example: half === 'ID' ? 'assay' : '...',
  isSecret: half === 'SECRET',
  schema: () => z.string().regex(/^\S+$/),
});

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const definitions = {
  port: {
    name: 'PORT',
    default: '3000',
    description: 'Port that is listened on. 0 lets the system choose one.',
    expected: 'a whole number from 0 to 65535',
    example: '3000',
    schema: () => integer(0, 65_535),
  },
  host: {
    name: 'HOST',
    default: '127.0.0.1',
    description:
      'Address that is listened on. The default is reached from this machine only; 0.0.0.0 from everywhere.',
    expected: 'an IP address or the name of this host',
    example: '127.0.0.1',
    schema: () => z.string().regex(/^[A-Za-z0-9._:-]+$/),
  },
  origin: {
    name: 'ORIGIN',
    default: '',
    description:
      'Address under which browsers see the site, when a proxy stands in front: https://assay.example. Without it, requests tell it.',
    expected: 'http:// or https://, a host, perhaps a port, and nothing after it',
    example: 'https://assay.example',
    schema: () => origin,
  },
  protocolHeader: {
    name: 'PROTOCOL_HEADER',
    default: '',
    description:
      'Header in which the proxy in front says http or https. Set it only behind a proxy that overwrites what the visitor sent.',
    expected: 'the name of a header',
    example: 'x-forwarded-proto',
    schema: () => headerName,
  },
  hostHeader: {
    name: 'HOST_HEADER',
    default: '',
    description:
      'Header in which the proxy in front says the host that the visitor asked for. Set it only behind a proxy that overwrites what the visitor sent.',
    expected: 'the name of a header',
    example: 'x-forwarded-host',
    schema: () => headerName,
  },
  addressHeader: {
    name: 'ADDRESS_HEADER',
    default: '',
    description:
      "Header in which the proxy in front says the visitor's address. Set it only behind a proxy that overwrites what the visitor sent.",
    expected: 'the name of a header',
    example: 'x-forwarded-for',
    schema: () => headerName,
  },
  forwardedDepth: {
    name: 'XFF_DEPTH',
    default: '1',
    description:
      'Number of trusted proxies that add to x-forwarded-for, when that is ADDRESS_HEADER.',
    expected: 'a whole number from 1 to 100',
    example: '1',
    schema: () => integer(1, 100),
  },
  dataDir: {
    name: 'ASSAY_DATA_DIR',
    default: '.assay/data',
    description: 'Folder of what Assay keeps: answers, learners, caches. Back it up.',
    expected: 'the path of a folder, or of nothing yet',
    example: '/var/lib/assay',
    schema: folderToWrite,
  },
  contentRoots: {
    name: 'ASSAY_CONTENT',
    default: 'content',
    description: 'Folders that hold lessons, separated by colons.',
    expected: 'paths of readable folders, separated by colons',
    example: 'content:/srv/our-lessons',
    schema: foldersToRead,
  },
  isExecutionOn: {
    name: 'ASSAY_EXECUTION',
    default: 'on',
    description: "Whether learners' code may be run. off: answers are graded from evidence alone.",
    expected: 'on or off',
    example: 'on',
    schema: () => z.enum(['on', 'off']).transform((text) => text === 'on'),
  },
  sandboxMemoryMb: {
    name: 'ASSAY_SANDBOX_MEMORY_MB',
    default: '2048',
    description: 'Memory that all running programs may use together, in MiB.',
    expected: 'a whole number from 768 to 1048576',
    example: '2048',
    schema: () => integer(768, 1_048_576),
  },
  sandboxTier: {
    name: 'ASSAY_SANDBOX_TIER',
    default: 'full',
    description:
      'How programs are shut in. no-namespaces: weaker, for hosts (plain containers) that allow no namespaces.',
    expected: 'full or no-namespaces',
    example: 'full',
    schema: () => z.enum(['full', 'no-namespaces']),
  },
  databaseUrl: {
    name: 'ASSAY_DATABASE_URL',
    default: '',
    description: 'PostgreSQL to keep data in. Without it: SQLite in ASSAY_DATA_DIR.',
    expected: 'postgres:// or postgresql://, with the name of a database',
    example: 'postgresql://assay@localhost/assay',
    schema: () => databaseUrl,
  },
  rateLimitFactor: {
    name: 'ASSAY_RATE_LIMIT_FACTOR',
    default: '1',
    description:
      'How many times the usual number of requests a learner, and an address, may send: 2 allows twice as many, 0 any number.',
    expected: 'a number from 0 to 1000',
    example: '2',
    schema: () => decimal(1000),
  },
  logLevel: {
    name: 'ASSAY_LOG_LEVEL',
    default: 'info',
    description: `How much is logged: ${logLevels.join(', ')}.`,
    expected: `one of ${logLevels.join(', ')}`,
    example: 'info',
    schema: () => z.enum(logLevels),
  },
  authSecret: {
    name: 'ASSAY_AUTH_SECRET',
    default: '',
    description:
      'What cookies and links of accounts are signed with. Without it: made once, in ASSAY_DATA_DIR. Set it where several hosts share one PostgreSQL.',
    expected: 'at least 32 characters that nobody can guess',
    example: '...',
    isSecret: true,
    schema: () => z.string().min(32),
  },
  smtpUrl: {
    name: 'ASSAY_SMTP_URL',
    default: '',
    description:
      'Server that mails are sent through; needs ASSAY_MAIL_FROM and ORIGIN. Without it, addresses are not confirmed, and `assay admin reset-link` replaces lost passwords.',
    expected: 'smtp:// or smtps://, perhaps user and password, and a host',
    example: 'smtp://user:password@mail.example:587',
    schema: () => smtpUrl,
  },
  mailFrom: {
    name: 'ASSAY_MAIL_FROM',
    default: '',
    description: 'Sender of mails: assay@example.org, or Assay <assay@example.org>.',
    expected: 'an e-mail address, perhaps with a name before it',
    example: 'Assay <assay@example.org>',
    schema: () => sender,
  },
  githubId: provider('OAUTH_GITHUB', 'ID', 'GitHub'),
  githubSecret: provider('OAUTH_GITHUB', 'SECRET', 'GitHub'),
  googleId: provider('OAUTH_GOOGLE', 'ID', 'Google'),
  googleSecret: provider('OAUTH_GOOGLE', 'SECRET', 'Google'),
  gitlabId: provider('OAUTH_GITLAB', 'ID', 'GitLab'),
  gitlabSecret: provider('OAUTH_GITLAB', 'SECRET', 'GitLab'),
  oidcUrl: {
    name: 'ASSAY_OIDC_URL',
    default: '',
    description:
      'Issuer of another OpenID Connect provider: what stands before /.well-known/openid-configuration.',
    expected: 'https:// and a host; http:// for localhost alone',
    example: 'https://login.example',
    schema: () => issuer,
  },
  oidcId: provider('OIDC', 'ID', 'ASSAY_OIDC_URL'),
  oidcSecret: provider('OIDC', 'SECRET', 'ASSAY_OIDC_URL'),
  oidcName: {
    name: 'ASSAY_OIDC_NAME',
    default: 'single sign-on',
    description: 'What the button for ASSAY_OIDC_URL says: Go on with ...',
    expected: 'at most 40 characters',
    example: 'Example University',
    schema: () => z.string().max(40),
  },
} satisfies Record<string, Definition>;

type Key = keyof typeof definitions;

/** Settings of which the first is of no use without the others. */
const belongTogether: [Key, Key[]][] = [
  ['smtpUrl', ['mailFrom', 'origin']],
  ...(['github', 'google', 'gitlab'] as const).flatMap((name): [Key, Key[]][] => [
    [`${name}Id`, [`${name}Secret`]],
    [`${name}Secret`, [`${name}Id`]],
  ]),
  ['oidcUrl', ['oidcId', 'oidcSecret']],
  ['oidcId', ['oidcUrl', 'oidcSecret']],
  ['oidcSecret', ['oidcUrl', 'oidcId']],
];

function missingPartners(isSet: (key: Key) => boolean): SettingProblem[] {
  const missing = belongTogether
    .filter(([key]) => isSet(key))
    .flatMap(([key, others]) =>
      others.filter((other) => !isSet(other)).map((other) => ({ key, other })),
    );
  const firstOf = new Map(missing.map((pair) => [pair.other, pair] as const));
  return [...firstOf.values()].map(({ key, other }) => ({
    name: definitions[other].name,
    value: '',
    expected: `a value, since ${definitions[key].name} is set`,
    fix: `Set it to, for example, ${definitions[other].name}=${definitions[other].example}, or unset ${definitions[key].name}.`,
  }));
}

/** All settings, for documents and for people: the order is the one to read them in. */
export const settings: Setting[] = Object.values<Definition>(definitions).map(
  ({ name, default: fallback, description, isSecret = false }) => ({
    ...{ name, default: fallback, description, isSecret },
  }),
);

/** ASSAY_PYTHON is read by the set-up, before there is a config. */
const knownNames = [...settings.map((setting) => setting.name), 'ASSAY_PYTHON'];
/** Assay sets these itself, for SvelteKit's adapter. */
const adapterPrefix = 'ASSAY_KIT_';

/**
 * Reads all settings. An empty variable counts as not set.
 * @param env - The process's environment.
 * @param root - Folder of package.json; relative paths in settings start there.
 * @returns The config, or everything that is wrong, unknown ASSAY_ names included.
 */
export function loadConfig(env: Record<string, string | undefined>, root: string): LoadedConfig {
  const values: Record<string, unknown> = { root };
  const problems = unknownNames(env).map(unknownNameProblem);
  for (const [key, definition] of Object.entries<Definition>(definitions)) {
    const text = env[definition.name]?.trim() || definition.default;
    if (text === '') {
      values[key] = null;
      continue;
    }
    const parsed = definition.schema(root).safeParse(text);
    if (parsed.success) values[key] = parsed.data;
    else problems.push(valueProblem(definition, text, parsed.error));
  }
  problems.push(...missingPartners((key) => Boolean(env[definitions[key].name]?.trim())));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, config: values as unknown as Config };
}

function valueProblem(definition: Definition, text: string, error: z.ZodError): SettingProblem {
  const told = error.issues.filter(
    (issue) => issue.code === 'custom' && issue.message !== 'Invalid input',
  );
  const detail = told.map((issue) => issue.message).join('; ');
  const instead = definition.default ? ', or unset it' : ', or unset it to do without';
  return {
    name: definition.name,
    value: definition.isSecret ? '...' : maskSecrets(text),
    expected: detail ? `${definition.expected} (${detail})` : definition.expected,
    fix: `Set it to, for example, ${definition.name}=${definition.example}${instead}.`,
  };
}

function unknownNames(env: Record<string, string | undefined>): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('ASSAY_') && !name.startsWith(adapterPrefix))
    .filter((name) => !knownNames.includes(name))
    .sort();
}

function unknownNameProblem(name: string): SettingProblem {
  const nearest = knownNames
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .reduce((best, next) => (next.distance < best.distance ? next : best));
  const isNear = nearest.distance <= Math.max(3, name.length / 3);
  return {
    name,
    // Nobody knows what it holds: it is not shown.
    value: '...',
    expected: 'a name that Assay knows',
    fix: isNear
      ? `Did you mean ${nearest.candidate}? Else unset it.`
      : 'Unset it; the settings are listed by `./assay doctor`.',
  };
}

/** The text of problems as it is shown: one block for each. */
export function formatProblems(problems: SettingProblem[]): string {
  return problems
    .map(
      ({ name, value, expected, fix }) =>
        `  What is wrong: ${name}=${value} is not possible: expected ${expected}.\n  What to do:    ${fix}\n`,
    )
    .join('\n');
}

/** Replaces the password of an address by `***`, even in an address that is not quite one. */
export function maskSecrets(text: string): string {
  const withUser = /^([a-z][a-z0-9+.-]*:\/\/[^:/?#@]*):.*@/i;
  const masked = withUser.test(text)
    ? text.replace(withUser, '$1:***@')
    : text.replace(/^(?![a-z][a-z0-9+.-]*:\/\/[^:/?#@]*@).*@/i, '***@');
  return masked.replace(/([?&][a-z]*password=)[^&#]*/gi, '$1***');
}

/**
 * Finds the folder of Assay's package.json, from the sources as well as from the build.
 * @throws {Error} When no folder above `from` holds it.
 */
export function findRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && isOurPackage(file)) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of Assay above ${from}`);
  }
}

function isOurPackage(file: string): boolean {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown }).name === 'assay';
  } catch {
    return false;
  }
}

/** Number of letters to change, add or take away to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
