/**
 * What a program printed, as it is compared: without white space at the ends of lines and of the text, which
 * nobody sees.
 */
export function asPrinted(output: string): string {
  return output.replace(/[^\S\n]+$/gm, '').trimEnd();
}
