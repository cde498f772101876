import { DatabaseSync } from 'node:sqlite';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  startSite,
  tryPath,
  Visitor,
} from './built-site.ts';
import { findBlanksExercise } from './our-exercises.ts';

const attempts = 200;

let dataDir: string;
beforeAll(async () => {
  dataDir = await makeDataDir();
  await prepareSite(dataDir);
});
afterAll(() => removeDataDir(dataDir));

/** How often each key is on disk, read past the site from the file itself. */
function keysOnDisk(): Map<string, number> {
  const name = readdirSync(dataDir).find((file) => /\.(db|sqlite3?)$/.test(file));
  if (!name) throw new Error(`no database in ${dataDir}`);
  const database = new DatabaseSync(join(dataDir, name), { readOnly: true });
  try {
    const rows = database.prepare('select key, count(*) as n from attempts group by key').all();
    return new Map(rows.map((row) => [String(row['key']), Number(row['n'])]));
  } finally {
    database.close();
  }
}

// The moment is counted in acknowledgements, so that it means the same on a slow machine.
test.each([1, 40, 120, 199])(
  'killed after %i acknowledgements of 200 attempts in parallel, none acknowledged is lost or doubled',
  async (moment) => {
    const { uid, right } = await findBlanksExercise();
    const site = await startSite(dataDir);
    const acknowledged: string[] = [];
    const sent: { key: string; visitor: Visitor; fields: Record<string, string> }[] = [];
    const answers = Array.from({ length: attempts }, async () => {
      const visitor = new Visitor(site.url);
      const key = randomUUID();
      const fields = { exercise: uid, round: '1', key, 'blank-1': right };
      sent.push({ key, visitor, fields });
      const response = await visitor.post(`${tryPath}?/answer`, fields).catch(() => null);
      if (response?.status !== 303) return;
      acknowledged.push(key);
      if (acknowledged.length === moment) site.process.kill('SIGKILL');
    });
    await Promise.all(answers);
    await site.stop('SIGKILL');

    expect(acknowledged.length).toBeGreaterThanOrEqual(moment);
    const kept = keysOnDisk();
    for (const key of acknowledged) expect(kept.get(key)).toBe(1);

    // After the restart the site shows them, and a repeated press of "Check" makes no second one.
    const again = await startSite(dataDir);
    try {
      const replays = sent.filter(({ key }) => acknowledged.includes(key)).slice(0, 20);
      for (const { visitor, fields } of replays) {
        const known = new Visitor(again.url, { cookie: visitor.cookie });
        expect((await known.post(`${tryPath}?/answer`, fields)).status).toBe(303);
        expect(await (await known.get(tryPath)).text()).toContain('answered with status 200');
      }
    } finally {
      await again.stop();
    }
    for (const count of keysOnDisk().values()) expect(count).toBe(1);
  },
);
