import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findRoot,
  formatProblems,
  loadConfig,
  maskSecrets,
  settings,
  type Config,
} from './config.ts';

let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-config-'));
  mkdirSync(join(root, 'content'));
  mkdirSync(join(root, 'lessons'));
  writeFileSync(join(root, 'file'), '');
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function accepted(env: Record<string, string>): Config {
  const loaded = loadConfig(env, root);
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.config;
}

function refused(env: Record<string, string>) {
  const loaded = loadConfig(env, root);
  if (loaded.ok) throw new Error('accepted');
  return loaded.problems;
}

describe('loadConfig', () => {
  it('has a default for everything, and those are loopback, SQLite and execution', () => {
    expect(accepted({})).toEqual({
      root,
      port: 3000,
      host: '127.0.0.1',
      origin: null,
      protocolHeader: null,
      hostHeader: null,
      addressHeader: null,
      forwardedDepth: 1,
      dataDir: join(root, '.assay/data'),
      contentRoots: [join(root, 'content')],
      isExecutionOn: true,
      sandboxMemoryMb: 2048,
      sandboxTier: 'full',
      databaseUrl: null,
      rateLimitFactor: 1,
      logLevel: 'info',
      authSecret: null,
      ...{ smtpUrl: null, mailFrom: null },
      ...{ githubId: null, githubSecret: null, googleId: null, googleSecret: null },
      ...{ gitlabId: null, gitlabSecret: null },
      ...{ oidcUrl: null, oidcId: null, oidcSecret: null, oidcName: 'single sign-on' },
    });
  });

  it('wants what belongs together set together, and shows no secret that is wrong', () => {
    const namesOf = (env: Record<string, string>) =>
      refused(env).map(({ name, value }) => `${name}=${value}`);
    expect(namesOf({ ASSAY_SMTP_URL: 'smtp://mail.example' })).toEqual([
      'ASSAY_MAIL_FROM=',
      'ORIGIN=',
    ]);
    expect(namesOf({ ASSAY_OAUTH_GITHUB_ID: 'assay' })).toEqual(['ASSAY_OAUTH_GITHUB_SECRET=']);
    expect(namesOf({ ASSAY_OIDC_URL: 'https://login.example', ASSAY_OIDC_ID: 'assay' })).toEqual([
      'ASSAY_OIDC_SECRET=',
    ]);
    expect(namesOf({ ASSAY_AUTH_SECRET: 'too short' })).toEqual(['ASSAY_AUTH_SECRET=...']);
    const both = { ASSAY_OAUTH_GITLAB_ID: 'assay', ASSAY_OAUTH_GITLAB_SECRET: 'secret' };
    expect(accepted(both)).toMatchObject({ gitlabId: 'assay', gitlabSecret: 'secret' });
  });

  it('reads what is set, and takes an empty variable for one that is not', () => {
    const config = accepted({
      PORT: '0',
      HOST: '::1',
      ORIGIN: 'https://Assay.example:8443',
      PROTOCOL_HEADER: 'X-Forwarded-Proto',
      ASSAY_CONTENT: `lessons:${root}/content`,
      ASSAY_DATA_DIR: '/var/lib/assay-that-is-not-there',
      ASSAY_EXECUTION: 'off',
      ASSAY_SANDBOX_MEMORY_MB: '768',
      ASSAY_SANDBOX_TIER: 'no-namespaces',
      ASSAY_DATABASE_URL: 'postgresql://assay:secret@localhost/assay',
      ASSAY_RATE_LIMIT_FACTOR: '2.5',
      ASSAY_LOG_LEVEL: '',
      ASSAY_PYTHON: '/usr/bin/python3',
    });
    expect(config).toMatchObject({
      port: 0,
      host: '::1',
      origin: 'https://assay.example:8443',
      protocolHeader: 'x-forwarded-proto',
      contentRoots: [join(root, 'lessons'), join(root, 'content')],
      dataDir: '/var/lib/assay-that-is-not-there',
      isExecutionOn: false,
      sandboxMemoryMb: 768,
      sandboxTier: 'no-namespaces',
      databaseUrl: 'postgresql://assay:secret@localhost/assay',
      rateLimitFactor: 2.5,
      logLevel: 'info',
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', 'http'],
    ['HOST', 'http://127.0.0.1'],
    ['ORIGIN', 'assay.example'],
    ['ORIGIN', 'https://assay.example/'],
    ['ORIGIN', 'https://assay.example/learn'],
    ['ORIGIN', 'ftp://assay.example'],
    ['PROTOCOL_HEADER', 'x forwarded'],
    ['XFF_DEPTH', '0'],
    ['ASSAY_DATA_DIR', 'file'],
    ['ASSAY_CONTENT', 'content:nowhere'],
    ['ASSAY_CONTENT', 'file'],
    ['ASSAY_CONTENT', ':'],
    ['ASSAY_EXECUTION', 'yes'],
    ['ASSAY_SANDBOX_MEMORY_MB', '767'],
    ['ASSAY_SANDBOX_MEMORY_MB', '1048577'],
    ['ASSAY_RATE_LIMIT_FACTOR', '-1'],
    ['ASSAY_RATE_LIMIT_FACTOR', '1001'],
    ['ASSAY_RATE_LIMIT_FACTOR', 'off'],
    ['ASSAY_DATABASE_URL', 'mysql://localhost/assay'],
    ['ASSAY_DATABASE_URL', 'postgres://localhost'],
    ['ASSAY_LOG_LEVEL', 'loud'],
  ])('refuses %s=%s, and says what is expected and what to do', (name, value) => {
    const problems = refused({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ name, value });
    expect(problems[0]?.expected).not.toBe('');
    expect(problems[0]?.fix).toContain(name);
  });

  it.each([
    ['https://login.example', true],
    ['https://login.example/realms/heron/', true],
    ['http://localhost:8080', true],
    ['http://127.0.0.1:8080', true],
    ['http://[::1]:8080', true],
    ['http://login.example', false],
    ['http://127.0.0.1.login.example', false],
    ['http://localhost@login.example', false],
    ['login.example', false],
  ])('asks a provider over https or on this machine: %s %s', (ASSAY_OIDC_URL, isFit) => {
    const env = { ASSAY_OIDC_URL, ASSAY_OIDC_ID: 'assay', ASSAY_OIDC_SECRET: 'secret' };
    if (isFit) expect(accepted(env).oidcUrl).toBe(ASSAY_OIDC_URL);
    else expect(refused(env).map(({ name }) => name)).toEqual(['ASSAY_OIDC_URL']);
  });

  it('accepts the bounds of each range', () => {
    expect(accepted({ PORT: '65535', ASSAY_SANDBOX_MEMORY_MB: '1048576' })).toMatchObject({
      port: 65_535,
      sandboxMemoryMb: 1_048_576,
    });
  });

  it('tells everything that is wrong at once', () => {
    const problems = refused({ PORT: 'x', ORIGIN: 'x', ASSAY_EXECUTIN: 'off' });
    expect(problems.map(({ name }) => name)).toEqual(['ASSAY_EXECUTIN', 'PORT', 'ORIGIN']);
  });

  it('says which of several content folders is wrong, and how', () => {
    const [problem] = refused({ ASSAY_CONTENT: 'content:nowhere:file' });
    expect(problem?.expected).toContain(`${join(root, 'nowhere')} does not exist`);
    expect(problem?.expected).toContain(`${join(root, 'file')} is not a folder`);
    expect(problem?.expected).not.toContain(`${join(root, 'content')} `);
  });

  it.each([
    ['ASSAY_EXECUTIN', 'ASSAY_EXECUTION'],
    ['ASSAY_DATADIR', 'ASSAY_DATA_DIR'],
    ['ASSAY_PYTON', 'ASSAY_PYTHON'],
  ])('takes %s for a slip of the pen and names %s', (name, meant) => {
    expect(refused({ [name]: 'x' })[0]?.fix).toContain(`Did you mean ${meant}?`);
  });

  it('never shows what an unknown variable or a password holds', () => {
    const text = formatProblems(
      refused({
        ASSAY_SECRET_OF_OURS: 'hunter2',
        ASSAY_DATABASE_URL: 'mysql://assay:hunter2@db/assay',
      }),
    );
    expect(text).toContain('mysql://assay:***@db/assay');
    expect(text).not.toContain('hunter2');
  });

  it("leaves the adapter's variables, and those of other programs, alone", () => {
    expect(accepted({ ASSAY_KIT_PROTOCOL_HEADER: 'x', PATH: '/bin' }).port).toBe(3000);
  });
});

describe('maskSecrets', () => {
  it.each([
    ['postgres://ada:pa:ss@word@db/x', 'postgres://ada:***@db/x'],
    ['postgres://ada@db/x', 'postgres://ada@db/x'],
    ['postgres:/ada:pass@db/x', '***@db/x'],
    ['ada:pass@db/x', '***@db/x'],
    ['postgres://db/x?user=ada&password=pass', 'postgres://db/x?user=ada&password=***'],
    ['3000', '3000'],
  ])('shows %s as %s', (text, shown) => {
    expect(maskSecrets(text)).toBe(shown);
  });
});

describe('settings', () => {
  it('describes each setting once', () => {
    const names = settings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(settings.filter(({ description }) => description === '')).toEqual([]);
    expect(names).toContain('ASSAY_DATABASE_URL');
  });
});

describe('findRoot', () => {
  it('finds our package.json from the sources and from a folder of the build', () => {
    const found = findRoot();
    expect(findRoot(join(found, 'build', 'server', 'chunks'))).toBe(found);
  });

  it('says so where there is none', () => {
    expect(() => findRoot(root)).toThrow('no package.json of Assay');
  });
});
