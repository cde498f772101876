import { openDesk } from '#lib/server/app.ts';
import { readConfig } from './read-config.ts';

type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Opens what is kept for one piece of work, beside a site that may be running, and closes it. */
export async function inDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openDesk(readConfig());
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}
