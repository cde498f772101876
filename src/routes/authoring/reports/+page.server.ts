import { error, redirect } from '@sveltejs/kit';
import { listReportsForPage, resolveReport } from '#lib/server/use-cases/list-reports.ts';
import { authorOnly } from '../author-only.server.ts';
import { readForm } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  authorOnly(locals);
  return { reports: await listReportsForPage(locals.app) };
};

export const actions: Actions = {
  resolve: async ({ locals, request }) => {
    authorOnly(locals);
    const id = (await readForm(request)).get('report');
    if (typeof id !== 'string') error(400, 'This form is not complete. Reload the page.');
    const isThere = await resolveReport(locals.app, id);
    if (!isThere) error(404, 'There is no such report here.');
    redirect(303, '/authoring/reports');
  },
};
