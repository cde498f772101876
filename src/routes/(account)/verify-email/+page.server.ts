import { fail, redirect } from '@sveltejs/kit';
import { textOf, visitOf } from '../visit.server.ts';
import { readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ token: url.searchParams.get('token') ?? '' });

export const actions: Actions = {
  // A press, not the link itself: what looks into mails for danger opens every link.
  default: async (event) => {
    const token = textOf(await readForm(event.request), 'token');
    const isConfirmed = await event.locals.app.accounts.confirmAddress(visitOf(event), token);
    if (!isConfirmed) return fail(400, { problem: 'link' });
    redirect(303, '/sign-in?said=confirmed');
  },
};
