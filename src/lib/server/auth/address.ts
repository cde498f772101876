/** Whether a text may be an e-mail address: nothing that could end a line or begin another field of a mail. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@"<>()[\],;:\\]+@[^\s@"<>()[\],;:\\]+\.[^\s@.]+$/.test(text);
}
