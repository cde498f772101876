/** What a form is answered with that came too often, where no script takes the answer. The hooks lead here. */
import { error, fail, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** Nothing on it needs a script, and its address is that of the form's page. */
export const csr = false;

const noPage = 'There is no such page';

/** The page is for the site's own hooks alone: what it shows comes from its address. */
function refuseOthers({ isSubRequest, request }: Pick<RequestEvent, 'isSubRequest' | 'request'>) {
  if (!isSubRequest || request.method !== 'POST') error(404, noPage);
}

export const load: PageServerLoad = (event) => refuseOthers(event);

export const actions: Actions = {
  default: async (event) => {
    refuseOthers(event);
    const asked = event.url.searchParams;
    const form = await event.request.formData();
    const fields = [...form].filter(
      (field): field is [string, string] => !(field[1] instanceof File),
    );
    return fail(429, {
      seconds: Number(asked.get('seconds')),
      to: asked.get('to') ?? '/',
      isForm: asked.get('method') === 'POST',
      fields: fields.map(([name, value]) => ({ name, value })),
    });
  },
};
