/** Lets the page do what waits to be done, before what is long goes on. */
export function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
