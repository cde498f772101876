/** Whose account it is. No more than this reaches a page. */
export interface AccountView {
  id: string;
  email: string;
  name: string;
  /** An author sees item statistics and reports. */
  role: 'learner' | 'author';
}
