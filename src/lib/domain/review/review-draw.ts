/** With what a card is asked on a day: drawn once and written down, so that reloading or another device asks the same. */

/** An exercise that was drawn for a card. */
export interface ReviewDraw {
  /** As `dayOf` counts them, where the learner was. */
  day: number;
  /** As `cardKey` makes it. */
  card: string;
  exerciseUid: string;
  contentVersion: string;
  /** The round of the exercise in which it is asked; with it the draw is over. */
  round: number;
}

/** One that is kept. */
export interface KeptReviewDraw extends ReviewDraw {
  /** ISO date and time. */
  drawnAt: string;
}
