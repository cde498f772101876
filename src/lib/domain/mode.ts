/** How far one learner has come with one mode of a lesson, as it is kept. */
export interface ModeProgress {
  lessonId: string;
  /** The last part of the mode's address: `deep-dive`. */
  mode: string;
  /** ISO date and time at which its page was opened last. */
  openedAt: string;
  /** ISO date and time at which its reader said that it is done, had its quiz right or its test over; null: not yet. */
  doneAt: string | null;
}
