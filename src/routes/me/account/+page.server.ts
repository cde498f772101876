import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { AccountView } from '#lib/domain/account-view.ts';
import { keepCookies, textOf, visitOf } from '../../(account)/visit.server.ts';
import { deviceWords } from './device-words.ts';
import { readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const path = '/me/account';

/** @throws Redirect to sign in, when nobody is signed in. */
function accountOf({ locals }: Pick<RequestEvent, 'locals'>): AccountView {
  if (!locals.account) redirect(303, `/sign-in?to=${path}`);
  return locals.account;
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const account = accountOf({ locals });
  const { sessions, ...details } = await locals.app.accounts.describeAccount(account.id);
  return {
    ...details,
    owner: account,
    said: url.searchParams.get('said'),
    // No more of a session than this reaches the page: its token never does.
    sessions: sessions.map(({ id, userAgent, usedAt }) => ({
      ...{ id, usedAt, device: deviceWords(userAgent), isThis: id === locals.sessionId },
    })),
  };
};

const done = (said: string) => redirect(303, `${path}?said=${said}`);

export const actions: Actions = {
  name: async (event) => {
    accountOf(event);
    const name = textOf(await readForm(event.request), 'name')
      .trim()
      .slice(0, 80);
    if (name === '') return fail(400, { at: 'name', problem: 'no-name' });
    await event.locals.app.accounts.rename(visitOf(event), name);
    return done('name');
  },

  password: async (event) => {
    const { email } = accountOf(event);
    const form = await readForm(event.request);
    const asked = { email, current: textOf(form, 'current'), next: textOf(form, 'password') };
    const outcome = await event.locals.app.accounts.changePassword(visitOf(event), asked);
    if (!outcome.ok) return fail(400, { at: 'password', problem: outcome.problem });
    keepCookies(event, outcome.cookies);
    return done('password');
  },

  firstPassword: async (event) => {
    const { email } = accountOf(event);
    const password = textOf(await readForm(event.request), 'password');
    const asked = { email, password };
    const problem = await event.locals.app.accounts.setFirstPassword(visitOf(event), asked);
    if (problem) return fail(problem === 'old-session' ? 403 : 400, { at: 'password', problem });
    return done('first-password');
  },

  end: async (event) => {
    const { id } = accountOf(event);
    const session = textOf(await readForm(event.request), 'session');
    await event.locals.app.accounts.endSession(id, session);
    return done('session');
  },

  endOthers: async (event) => {
    const { id } = accountOf(event);
    await event.locals.app.accounts.endOtherSessions(id, event.locals.sessionId ?? '');
    return done('sessions');
  },

  renamePasskey: async (event) => {
    const { id } = accountOf(event);
    const form = await readForm(event.request);
    const name = textOf(form, 'name').trim().slice(0, 80) || 'Passkey';
    await event.locals.app.accounts.renamePasskey(id, textOf(form, 'passkey'), name);
    return done('passkey');
  },

  removePasskey: async (event) => {
    const { id } = accountOf(event);
    const passkey = textOf(await readForm(event.request), 'passkey');
    const isRemoved = await event.locals.app.accounts.removePasskey(id, passkey);
    if (!isRemoved) return fail(409, { at: 'passkeys', problem: 'last-passkey' });
    return done('removed');
  },
};
