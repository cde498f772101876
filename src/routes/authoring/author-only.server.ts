import { error } from '@sveltejs/kit';

/**
 * Lets only an author on; for everybody else there is no such page. Each load and each action here asks for itself: loads
 * run side by side, and an action runs before any of them.
 * @throws HttpError 404.
 */
export function authorOnly({ account }: Pick<App.Locals, 'account'>): void {
  if (account?.role !== 'author') error(404, 'There is no such page here.');
}
