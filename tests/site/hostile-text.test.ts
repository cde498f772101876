/** What learners and their programs write, on pages, in what pages load, and in what is exported: only ever text. */
import { describe, expect, test } from 'vitest';
import { runAssay, Visitor } from './built-site.ts';
import { eachKindContent, eachKindPath, loadEachKind } from './each-kind.ts';
import { RunCaller } from './run-caller.ts';
import { servedSite } from './served-site.ts';

const served = servedSite({ ASSAY_CONTENT: eachKindContent });
const exercises = await loadEachKind();

const markup = `</script><script>told.push(1)</script><img src=x onerror="told.push(1)"><!--]]>{{1+1}}`;
/** Colours and a title for terminals, a turn of direction, nothing that is seen, half a character, the end of a text. */
const unseen = '\u001b[31m\u001b]0;t\u0007\u009b1m\u202egnp\u2066\u200b\ufeff\u2028\u0000\ud800';
const hostile = `begin ${markup}${unseen} end`;

/** All that a terminal or a page would obey: none of it may be in a page as it is. */
const obeyed =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u2028\ufeff]/;

/** The page but for its scripts' data, which no browser shows. */
const seenOf = (html: string) => html.replaceAll(/<script[^>]*>[\s\S]*?<\/script>/g, '');

function expectHarmless(html: string): void {
  expect(html).not.toContain('<img src=x');
  expect(html).not.toContain('<script>told');
  expect(seenOf(html)).toContain('&lt;img src=x onerror=');
  expect(obeyed.exec(seenOf(html))?.[0]?.codePointAt(0)?.toString(16)).toBeUndefined();
}

/** One who has answered an exercise twice with this. @returns The page as it then is. */
async function answered(kind: string, fields: (n: number) => Record<string, string>) {
  const { uid, pool } = exercises.find(
    (each) => each.kind === kind && (each.kind !== 'predict' || each.ask === 'type'),
  )!;
  const visitor = new Visitor(served.site.url);
  const path = `${eachKindPath}/${pool}`;
  await visitor.get(path);
  for (const n of [1, 2]) {
    const all = { exercise: uid, round: '1', key: crypto.randomUUID(), ...fields(n) };
    const { status } = await visitor.post(`${path}?/answer`, all);
    expect(status).toBe(303);
  }
  return { visitor, html: await (await visitor.get(path)).text() };
}

test('the program of an answer, what it prints and how it fails are text, in the earlier answers as well', async () => {
  const source = (n: number) =>
    `# ${n} ${markup} \u202e gnp\nprint(${JSON.stringify(`${markup}`)}, "\\x1b[31m\\u202e")\n` +
    `raise ValueError(${JSON.stringify(markup)} + "\\x1b]0;t\\x07\\u202e\\ud800")\n`;
  const { html } = await answered('fix', (n) => ({ 'file-0': source(n) }));
  expectHarmless(html.replaceAll(/<textarea[\s\S]*?<\/textarea>/g, ''));
  expect(html).toContain('ValueError');
  expect(seenOf(html)).toContain(String.raw`\x1b]0;t\x07\u202e`);
  // The form has the program as it was written: it is to be sent again.
  expect(html.match(/<textarea[\s\S]*?<\/textarea>/g)?.join()).toContain('&lt;img src=x');
});

test('an output that was typed is text, and so is what is exported of it', async () => {
  const { html, visitor } = await answered('predict', (n) => ({ output: `${n} ${hostile}` }));
  expectHarmless(html.replaceAll(/<textarea[\s\S]*?<\/textarea>/g, ''));
  const token = visitor.cookie.replace('assay_learner=', '');
  const { stdout } = await runAssay(['learner', 'export', token], served.dataDir);
  expect(obeyed.test(stdout)).toBe(false);
  expect(JSON.stringify(JSON.parse(stdout))).toContain('onerror');
});

test('a page that is not there says nothing of its address as it is', async () => {
  const visitor = new Visitor(served.site.url);
  const response = await visitor.get(`${eachKindPath}/%3Cimg%20src=x%20onerror=a%3E%E2%80%AE`);
  expect(response.status).toBe(404);
  const html = await response.text();
  expect(html).not.toContain('<img src=x');
  expect(obeyed.test(seenOf(html))).toBe(false);
});

describe('the API', () => {
  test('answers with JSON that a page could hold, whatever a program prints', async () => {
    const program = `import sys\nprint(${JSON.stringify(markup)})\nsys.stdout.buffer.write(b"\\xff\\x00\\x1b")`;
    const { body, text } = await new RunCaller(served.site.url).run({ program });
    expect(body['stdout']).toContain('onerror');
    expect(text).not.toContain('\u0000');
    expect(text).not.toContain('\u001b');
  });

  test('tells what was wrong in a form that is no page', async () => {
    const response = await fetch(`${served.site.url}/api/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ program: 1, [markup]: markup }),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
