import { fail, redirect } from '@sveltejs/kit';
import { textOf, visitOf } from '../visit.server.ts';
import { readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
  hasMail: locals.app.accounts.hasMail,
  isSent: url.searchParams.has('sent'),
});

export const actions: Actions = {
  default: async (event) => {
    const { accounts } = event.locals.app;
    if (!accounts.hasMail) return fail(409, { problem: 'no-mail' });
    const email = textOf(await readForm(event.request), 'email').trim();
    const isTaken = await accounts.forgetPassword(visitOf(event), email);
    if (!isTaken) return fail(429, { problem: 'too-many' });
    redirect(303, '/forgot-password?sent');
  },
};
