import { fail, redirect } from '@sveltejs/kit';
import { keepCookies, localPath, textOf, visitOf } from '../visit.server.ts';
import { readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  const to = localPath(url.searchParams.get('to'), url.origin);
  if (locals.account) redirect(303, to);
  return {
    to,
    said: url.searchParams.get('said'),
    hasMail: locals.app.accounts.hasMail,
    providers: locals.app.accounts.providers,
    providerError: url.searchParams.get('error'),
  };
};

const statuses = { wrong: 400, unconfirmed: 403, 'too-many': 429 } as const;

export const actions: Actions = {
  default: async (event) => {
    const form = await readForm(event.request);
    const email = textOf(form, 'email').trim();
    const asked = { email, password: textOf(form, 'password') };
    const outcome = await event.locals.app.accounts.signIn(visitOf(event), asked);
    if (!outcome.ok) {
      const { problem } = outcome;
      return fail(statuses[problem], { problem, email });
    }
    keepCookies(event, outcome.cookies);
    redirect(303, localPath(form.get('to'), event.url.origin));
  },
};
