/** Orders texts by their code units, for `sort`: ISO dates by time, whatever the host's language. */
export function inTextOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
