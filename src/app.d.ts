import type { AccountView } from '#lib/domain/account-view.ts';
import type { App as Assay } from '#lib/server/app.ts';

declare global {
  namespace App {
    interface Locals {
      app: Assay;
      /** Digest of the learner's cookie; names the learner in the store. */
      learnerId: string;
      /** Who is signed in; null: nobody, and all that is kept is kept for this browser. */
      account: AccountView | null;
      /** Which of the account's sessions this request is of; null: nobody is signed in. */
      sessionId: string | null;
      /** Where the learner is, as a time zone: `Europe/Vienna`. */
      zone: string;
      /** Whether this request brought no cookie of a learner: nothing is kept of who only looks by. */
      isNewLearner: boolean;
    }
    interface Error {
      message: string;
      /** To find the error in the log. */
      id?: string;
    }
  }
}

export {};
