import { describe, expect, it } from 'vitest';
import { explainEnd, explainFailure } from './problems.ts';

describe('explainFailure', () => {
  it.each([
    ['bwrap: setting up uid map: Permission denied', 'AppArmor'],
    [
      'bwrap: No permissions to create new namespace, likely because ...',
      'refuses user namespaces',
    ],
    ['bwrap: Creating new namespace failed: Operation not permitted', 'refuses user namespaces'],
    ['bwrap: Creating new namespace failed: No space left on device', 'max_user_namespaces'],
    ['bwrap: Unknown option --disable-userns', 'too old'],
  ])('explains `%s`, and keeps what was said', (stderr, says) => {
    const problem = explainFailure(`${stderr}\n`);
    expect(problem).toContain(says);
    expect(problem).toContain(stderr);
  });

  it('repeats the last line of what it does not know', () => {
    expect(explainFailure('Traceback:\n  ...\nImportError: no django\n')).toBe(
      'The sandbox did not start: ImportError: no django',
    );
  });
});

describe('explainEnd', () => {
  it('says of a container that had served that it ended, and what it said last', () => {
    expect(explainEnd('a spare died: No space left on device\nthe zygote died\n')).toBe(
      'The sandbox ended: the zygote died',
    );
    expect(explainEnd('')).toBe('The sandbox ended, and said nothing.');
  });
});
