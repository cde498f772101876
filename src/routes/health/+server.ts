import { json } from '@sveltejs/kit';
import { checkHealth } from '#lib/server/use-cases/check-health.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  const health = await checkHealth(locals.app);
  return json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
};
