import { fail, redirect } from '@sveltejs/kit';
import { keepCookies, localPath, textOf, visitOf } from '../visit.server.ts';
import { readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const to = localPath(url.searchParams.get('to'), url.origin);
  if (locals.account) redirect(303, to);
  const { hasMail, providers } = locals.app.accounts;
  return { to, hasMail, providers, isMailed: url.searchParams.has('mailed') };
};

export const actions: Actions = {
  default: async (event) => {
    const { accounts } = event.locals.app;
    const form = await readForm(event.request);
    const asked = {
      email: textOf(form, 'email').trim(),
      name: textOf(form, 'name').trim().slice(0, 80),
      password: textOf(form, 'password'),
    };
    const outcome = await accounts.signUp(visitOf(event), asked);
    if (!outcome.ok) {
      const { problem } = outcome;
      const { email, name } = asked;
      return fail(problem === 'too-many' ? 429 : 400, { problem, email, name });
    }
    keepCookies(event, outcome.cookies);
    if (accounts.hasMail) redirect(303, '/sign-up?mailed');
    redirect(303, localPath(form.get('to'), event.url.origin));
  },
};
