/** Something a person can mend: what is wrong, and what to do. Printed without a stack trace. */
export class CommandProblem extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.name = 'CommandProblem';
    this.fix = fix;
  }
}

/** @param reason - Why nothing can be run here, and how to mend that. */
export function nothingProven(reason: string): CommandProblem {
  return new CommandProblem('Nothing can be run on this host, so nothing can be proven.', reason);
}

/**
 * What a person can mend about an error, or null for a bug of ours. The store tells its problems by
 * name, because the built site has a class of its own for them.
 */
export function mendable(error: unknown): { message: string; fix: string } | null {
  if (error instanceof CommandProblem) return error;
  if (error instanceof Error && error.name === 'BackupProblem' && 'fix' in error) {
    return { message: error.message, fix: String(error.fix) };
  }
  if (error instanceof Error && error.name === 'StoreError') {
    return {
      message: error.message,
      fix: 'Then start again; `./assay doctor` looks at the store.',
    };
  }
  return null;
}
