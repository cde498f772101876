/** What is said to those who do not see the page: the text of an element with `role="status"`. */
export class Announcement {
  text = $state('');
  #frame = 0;

  /** Says it, also when it is what was said last: a region that does not change is not read. */
  say(text: string): void {
    this.text = '';
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => (this.text = text));
  }
}
