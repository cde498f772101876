/**
 * Loaded before the site (`NODE_OPTIONS=--import`): for the thread that serves it is so many days later than it is. The
 * store's thread asks for no time, and what a program in the sandbox sees is not moved.
 */
const days = Number(process.env['CLOCK_MOVED_BY_DAYS'] ?? 0);
const ms = days * 86_400_000;
const TrueDate = Date;

class MovedDate extends TrueDate {
  /** @param {ConstructorParameters<typeof Date>} given */
  constructor(...given) {
    if (given.length === 0) super(TrueDate.now() + ms);
    else super(...given);
  }

  static now() {
    return TrueDate.now() + ms;
  }
}

if (days !== 0) globalThis.Date = /** @type {typeof Date} */ (/** @type {unknown} */ (MovedDate));
