/** What the parts of an address may be; anything else is another page, or none. */
import { defineParams } from '@sveltejs/kit/params';
import { readingModes } from '#lib/domain/document.ts';

export const params = defineParams({
  /** A mode that is read: `learn`, `why`, `deep-dive`. */
  reading: (value) => readingModes.find((mode) => mode === value),
});
