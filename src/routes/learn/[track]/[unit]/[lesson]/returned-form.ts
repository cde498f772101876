/** What the last form of a page with exercise cards brought back, where no script took it. */
import type { LookView } from '#lib/domain/views.ts';

export interface ReturnedForm {
  /** Uid of the exercise whose card it was on. */
  exercise?: string;
  problem?: string | null;
  look?: LookView;
  report?: { kind: string; text: string };
}

/** @returns What of it belongs on the card of this exercise. */
export function returnedTo(form: ReturnedForm | null | undefined, uid: string) {
  if (form?.exercise !== uid) return { problem: '', look: null, report: null };
  const problem = form.problem ?? '';
  if (form.report) return { problem: '', look: null, report: { ...form.report, problem } };
  return { problem, look: form.look ?? null, report: null };
}
