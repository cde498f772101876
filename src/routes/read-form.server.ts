/** Reads a form that was sent. */
import { error } from '@sveltejs/kit';

/** @throws HttpError 400 for a body that is no form, such as one that was cut off. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (thrown) {
    // What is too large is told as that, by who cut it off.
    if (statusOf(thrown) === 413) throw thrown;
    error(400, 'This form is not complete. Reload the page and try again.');
  }
}

function statusOf(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { status, cause } = thrown as { status?: unknown; cause?: { status?: unknown } };
  return status ?? cause?.status;
}
