/** Why a backup was not made or not restored, and what to do; for people. Nothing was changed. */
export class BackupProblem extends Error {
  override readonly name = 'BackupProblem';
  readonly fix: string;

  constructor(message: string, fix: string, cause?: unknown) {
    super(message, { cause });
    this.fix = fix;
  }
}
