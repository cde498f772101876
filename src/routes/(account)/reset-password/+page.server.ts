import { fail, redirect } from '@sveltejs/kit';
import { textOf, visitOf } from '../visit.server.ts';
import { readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, setHeaders }) => {
  // The address holds what lets its reader in: it is told to nobody.
  setHeaders({ 'referrer-policy': 'no-referrer' });
  return { token: url.searchParams.get('token') ?? '' };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event.request);
    const asked = { token: textOf(form, 'token'), password: textOf(form, 'password') };
    const problem = await event.locals.app.accounts.resetPassword(visitOf(event), asked);
    if (problem) return fail(400, { problem });
    redirect(303, '/sign-in?said=reset');
  },
};
