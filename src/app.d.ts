import type { App as Assay } from '#lib/server/app.ts';

declare global {
  namespace App {
    interface Locals {
      app: Assay;
      /** Digest of the learner's cookie; names the learner in the store. */
      learnerId: string;
    }
    interface Error {
      message: string;
      /** To find the error in the log. */
      id?: string;
    }
  }
}

export {};
