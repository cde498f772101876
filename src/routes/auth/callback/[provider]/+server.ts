import { visitOf } from '../../../(account)/visit.server.ts';
import type { RequestHandler } from './$types';

/** Where a provider sends the browser back to. */
export const GET: RequestHandler = (event) =>
  event.locals.app.accounts.comeFromProvider(visitOf(event), event.request);
