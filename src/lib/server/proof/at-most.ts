/**
 * Lets so many jobs go on at once and keeps the others waiting in order.
 * @returns A function that starts a job when its turn has come and gives what the job gives.
 */
export function atMost(limit: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let going = 0;
  return async (job) => {
    if (going >= limit) await new Promise<void>((resume) => waiting.push(resume));
    going++;
    try {
      return await job();
    } finally {
      going--;
      waiting.shift()?.();
    }
  };
}
