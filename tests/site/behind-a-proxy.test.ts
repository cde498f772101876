import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startNginx, type Nginx } from '../proxy/nginx.ts';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  startSite,
  tryPath,
  Visitor,
  type Site,
} from './built-site.ts';
import { findBlanksExercise } from './our-exercises.ts';

const publicOrigin = 'https://assay.example';

let dataDir: string;
let site: Site | null = null;
let nginx: Nginx | null = null;
beforeAll(async () => {
  dataDir = await makeDataDir();
  await prepareSite(dataDir);
});
afterEach(async () => {
  await nginx?.stop();
  await site?.stop();
});
afterAll(() => removeDataDir(dataDir));

/** Answers an exercise through nginx, as a browser does that sees the site at `origin`. */
async function answerThroughNginx(env: Record<string, string>, directives: string, origin: string) {
  site = await startSite(dataDir, env);
  nginx = await startNginx(Number(new URL(site.url).port), directives);
  const { uid, right } = await findBlanksExercise();
  const visitor = new Visitor(nginx.url.replace(/\/$/, ''), { origin });
  const fields = { exercise: uid, round: '1', key: crypto.randomUUID(), 'blank-1': right };
  const { status } = await visitor.post(`${tryPath}?/answer`, fields);
  const page = await (await visitor.get(tryPath)).text();
  return { status, isKept: page.includes('answered with status 200'), cookie: visitor.cookie };
}

test('an answer gets through when ORIGIN says the public address', async () => {
  const answered = await answerThroughNginx({ ORIGIN: publicOrigin }, '', publicOrigin);
  expect(answered).toMatchObject({ status: 303, isKept: true });
});

test("an answer gets through when the proxy's headers are named", async () => {
  const env = { PROTOCOL_HEADER: 'x-forwarded-proto', HOST_HEADER: 'x-forwarded-host' };
  const directives = `proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-Host assay.example;`;
  expect(await answerThroughNginx(env, directives, publicOrigin)).toMatchObject({
    status: 303,
    isKept: true,
  });
});

test('an answer from another site is refused, and nothing is kept of it', async () => {
  const answered = await answerThroughNginx(
    { ORIGIN: publicOrigin },
    '',
    'https://elsewhere.example',
  );
  expect(answered).toMatchObject({ status: 403, isKept: false });
});
