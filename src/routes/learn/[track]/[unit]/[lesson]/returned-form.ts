/** What the last form of a page with exercise cards brought back, where no script took it. */
import type { LookView } from '#lib/domain/views.ts';

export interface ReturnedForm {
  /** Uid of the exercise whose card it was on. */
  exercise?: string;
  problem?: string | null;
  /** What was laid out or written, where it was refused. */
  answer?: string[];
  look?: LookView;
  report?: { kind: string; text: string };
}

/** As much as it is on a page that no form was sent from. */
const nothing = { problem: '', answer: null, look: null, report: null };

/** @returns What of it belongs on the card of this exercise. */
export function returnedTo(form: ReturnedForm | null | undefined, uid: string) {
  if (form?.exercise !== uid) return nothing;
  const problem = form.problem ?? '';
  if (form.report) return { ...nothing, report: { ...form.report, problem } };
  return { ...nothing, problem, answer: form.answer ?? null, look: form.look ?? null };
}
