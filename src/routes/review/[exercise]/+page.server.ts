import { loadReviewed, reviewActions } from '../review-page.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadReviewed(event, null, event.params.exercise);

export const actions: Actions = reviewActions(() => null);
