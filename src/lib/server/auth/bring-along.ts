import type { Store } from '../store/port.ts';
import { recogniseLearner } from './learner-token.ts';

/** Moves all that a learner did to another one. */
export type MergeLearner = (merge: { from: string; into: string; at: string }) => Promise<unknown>;

/**
 * Whoever signs in brings along what they did in this browser before.
 * @param cookie - Of the learner that this browser was; anything that is none of ours counts as none.
 */
export async function bringAlong(
  store: Pick<Store, 'accounts'>,
  merge: MergeLearner,
  accountId: string,
  cookie: string | undefined,
): Promise<void> {
  const { id: from, newToken } = recogniseLearner(cookie);
  if (newToken !== null) return;
  const [account] = await store.accounts.select('accounts', {
    where: [{ column: 'id', operator: 'eq', value: accountId, connector: 'AND' }],
    limit: 1,
  });
  if (!account) throw new Error(`There is no account ${accountId} to sign in to.`);
  await merge({ from, into: String(account['learner_id']), at: new Date().toISOString() });
}
