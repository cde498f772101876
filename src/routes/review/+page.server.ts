import { loadReview } from './review-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadReview(event, null);
