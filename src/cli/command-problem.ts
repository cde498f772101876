/** Something a person can mend: what is wrong, and what to do. Printed without a stack trace. */
export class CommandProblem extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.name = 'CommandProblem';
    this.fix = fix;
  }
}
