/** The API, sent what its description allows and what it does not, by schemathesis. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './built-site.ts';
import { servedSite } from './served-site.ts';

const program = join(root, '.assay/fuzz-venv/bin/st');
/** Given again, it sends the same once more. */
const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const examplesOfEach = 25;

/** With the sandbox on, so that programs are run: this is nearly all of the time it takes. */
const served = servedSite();

/**
 * What the tool holds against each answer. Not `positive_data_acceptance`: which lessons and loads there are, no schema
 * says, so that the site may refuse what has the right form. A status of 503 is described, but none is expected of one
 * caller at a time.
 */
const checks = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
  ...['response_headers_conformance', 'response_schema_conformance'],
  ...['negative_data_rejection', 'unsupported_method', 'allow_header_conformance'],
].join(',');

interface Description {
  paths: Record<string, Record<string, unknown>>;
}

/** The tool turns `prefixItems` beside `items: false` into a schema that it then refuses: every item may be any of them. */
function withoutTuples(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutTuples);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { prefixItems, ...rest } = schema as Record<string, unknown>;
  const items = Array.isArray(prefixItems) ? { items: { anyOf: prefixItems } } : {};
  return Object.fromEntries(
    Object.entries({ ...rest, ...items }).map(([key, value]) => [key, withoutTuples(value)]),
  );
}

function run(args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: served.dataDir,
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

test(
  `no answer of the API is an error of the site's, and each is as described (FUZZ_SEED=${seed})`,
  { timeout: 900_000 },
  async () => {
    expect(existsSync(program), 'schemathesis is missing: `npm test` installs it').toBe(true);
    const { url } = served.site;
    const description = (await (await fetch(`${url}/api/openapi.json`)).json()) as Description;
    const file = join(served.dataDir, 'openapi.json');
    await writeFile(file, JSON.stringify(withoutTuples(description)));
    const { code, output } = await run([
      ...['run', file, '--url', url, '--seed', String(seed), '--checks', checks],
      ...['--phases', 'examples,coverage,fuzzing', '--max-examples', String(examplesOfEach)],
      // A page of the site's: what others may not is tested elsewhere (foreign-requests.test.ts).
      ...['--header', `Origin: ${url}`, '--continue-on-failure', '--no-shrink', '--no-color'],
      ...['--generation-database', 'none', '--request-timeout', '60', '--warnings', 'off'],
    ]);
    expect(code, output).toBe(0);
    const operations = Object.values(description.paths).flatMap((path) => Object.keys(path));
    expect(output).toMatch(new RegExp(`Tested: +${operations.length}\\b`));
    const [, cases = '0'] = /(\d+) generated/.exec(output) ?? [];
    expect(Number(cases)).toBeGreaterThan(operations.length * examplesOfEach);
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok' });
  },
);
