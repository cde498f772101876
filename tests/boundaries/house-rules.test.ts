import { describe, expect, it } from 'vitest';
import { findRoot } from '#config';
import {
  findHouseRuleBreaks,
  nameFindings,
  textFindings,
} from '../../setup/checks/house-rules.mjs';

interface Finding {
  level: string;
  found: string;
  line?: number;
}

describe('the house rules', () => {
  it.each([
    'src/lib/domain/utils.ts',
    'src/lib/server/store/helpers.ts',
    'src/lib/ui/style/common.css',
    'src/lib/server/manager.ts',
    'sandbox/jail/misc.py',
    'src/lib/domain/base.test.ts',
  ])('refuse the name %s', (file) => {
    expect(nameFindings(file)).toHaveLength(1);
  });

  it.each([
    ['src/lib/domain/gradeAnswer.ts', 'not kebab-case'],
    ['src/lib/domain/grade_answer.ts', 'not kebab-case'],
    ['src/lib/ui/exercise-card.svelte', 'not PascalCase'],
    ['sandbox/jail/seal-doors.py', 'not snake_case'],
    ['src/lib/domain/index.ts', 'an index file'],
  ])('refuse the spelling of %s', (file, found) => {
    expect(nameFindings(file).map((finding: Finding) => finding.found)).toEqual([found]);
  });

  it.each([
    'src/lib/domain/grade-answer.ts',
    'src/lib/domain/grade-answer.test.ts',
    'src/hooks.server.ts',
    'src/routes/learn/[track]/+page.server.ts',
    'src/lib/ui/ExerciseCard.svelte',
    'src/app.d.ts',
    'sandbox/jail/__init__.py',
    '.dependency-cruiser.cjs',
    'assay',
  ])('accept the name %s', (file) => {
    expect(nameFindings(file)).toEqual([]);
  });

  it.each([
    [300, []],
    [301, ['warning']],
    [500, ['warning']],
    [501, ['error']],
  ])('weigh a file of %i lines', (lines, levels) => {
    const findings = textFindings('src/a.ts', 'x\n'.repeat(lines)) as Finding[];
    expect(findings.map(({ level }) => level)).toEqual(levels);
  });

  it('refuse a note that something is unfinished, and name its line', () => {
    const findings = textFindings(
      'src/a.css',
      `a {}\n/* ${'TO' + 'DO'}: colours */\n`,
    ) as Finding[];
    expect(findings).toMatchObject([{ level: 'error', line: 2 }]);
  });

  it('are kept by our own tree', () => {
    const errors = (findHouseRuleBreaks(findRoot()) as Finding[]).filter(
      ({ level }) => level === 'error',
    );
    expect(errors).toEqual([]);
  });
});
