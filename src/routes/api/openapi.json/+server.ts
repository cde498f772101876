import { json } from '@sveltejs/kit';
import { openApiDocument } from '../openapi.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) =>
  json(openApiDocument(locals.app.runtime), { headers: { 'cache-control': 'no-store' } });
