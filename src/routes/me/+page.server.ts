import { fail, redirect } from '@sveltejs/kit';
import { deleteLearner } from '#lib/server/use-cases/delete-learner.ts';
import { showHome } from '#lib/server/use-cases/show-home.ts';
import { keepCookies, visitOf } from '../(account)/visit.server.ts';
import { giveLearnerCookie } from '../learner-cookie.server.ts';
import { readForm } from '../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { app, learnerId, zone, isNewLearner } = locals;
  return { ...(await showHome(app, learnerId, zone)), isKnown: !isNewLearner };
};

export const actions: Actions = {
  /** Field: `sure`, which is there when its box is ticked. */
  delete: async (event) => {
    const form = await readForm(event.request);
    if (form.get('sure') === null) {
      return fail(422, { problem: 'Tick the box first. Nothing was deleted.' });
    }
    const { app, learnerId, account } = event.locals;
    // The cookies of the session, which goes with the account.
    if (account) keepCookies(event, await app.accounts.signOut(visitOf(event)));
    await deleteLearner(app, learnerId);
    const { newToken } = app.recogniseLearner(undefined);
    if (newToken !== null) giveLearnerCookie(event, newToken);
    // Drafts and wishes, which this browser keeps for the site.
    event.setHeaders({ 'clear-site-data': '"storage"' });
    redirect(303, '/me/deleted');
  },
};
