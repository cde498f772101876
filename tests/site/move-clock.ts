/**
 * Lets days go by for a learner: what is kept of them was done so many days earlier, which is all that the site knows of
 * time. The site may go on meanwhile.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { recogniseLearner } from '#lib/server/auth/learner-token.ts';

/** Every moment that is kept of a learner, by table. */
const moments = {
  rounds: ['started_at', 'ended_at'],
  attempts: ['created_at'],
  mode_progress: ['opened_at', 'done_at'],
  sittings: ['started_at', 'ended_at'],
  review_draws: ['drawn_at'],
};

/** @param cookie - The learner's, as a browser sends it: `assay_learner=...`. */
export function letDaysPass(dataDir: string, cookie: string, days: number): void {
  const { id } = recogniseLearner(/assay_learner=([^;]+)/.exec(cookie)?.[1]);
  const database = new DatabaseSync(join(dataDir, 'assay.sqlite3'), { timeout: 10_000 });
  const change = (sql: string) => database.prepare(`${sql} where learner_id = ?`).run(id);
  const earlier = (column: string) =>
    `${column} = strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '-${days} days')`;
  try {
    database.exec('begin immediate');
    for (const [table, columns] of Object.entries(moments)) {
      change(`update ${table} set ${columns.map(earlier).join(', ')}`);
    }
    // By way of days that are none, so that no draw meets the one of another day.
    change(`update review_draws set day = ${days} - day`);
    change('update review_draws set day = -day');
    database
      .prepare(
        `update sitting_items set ${earlier('drawn_at')}, ${earlier('answered_at')}
         where sitting_id in (select id from sittings where learner_id = ?)`,
      )
      .run(id);
    database.exec('commit');
  } finally {
    database.close();
  }
}
