/** What is to be reviewed today, counted. */
export interface DueView {
  /** Asked today and not answered yet. */
  due: number;
  /** Due beyond today's cap; they come on the following days. */
  waiting: number;
  /** Answered today. */
  done: number;
  /** Whether the learner has any card at all. */
  hasCards: boolean;
}
