import { exportCsv } from '#lib/server/use-cases/export-learner.ts';
import { download } from '../download.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const text = await exportCsv(event.locals.app, event.locals.learnerId);
  return download(event, text, { type: 'text/csv', extension: 'csv' });
};
