import { describe, expect, it } from 'vitest';
import { readAudit } from './audit.mjs';

/** As npm 10 answers. */
const answer = (vulnerabilities, counts) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: {
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, ...counts },
      dependencies: { prod: 60, dev: 400, total: 460 },
    },
  });

const vulnerable = {
  name: 'left',
  severity: 'high',
  via: [{ title: 'Left reads what is right', severity: 'high', url: 'https://example.org/1' }],
  range: '<1.3.0',
  fixAvailable: true,
};

describe('what npm says of the packages', () => {
  it('is a pass when nothing grave is known', () => {
    expect(readAudit(answer({}, {})).tally).toEqual({ passed: 1, failed: 0, skipped: [] });
    const mild = { left: { ...vulnerable, severity: 'moderate' } };
    expect(readAudit(answer(mild, { moderate: 1 })).tally.passed).toBe(1);
  });

  it('is a failure that names the package, its versions and what is known, when something is', () => {
    const through = { ...vulnerable, name: 'above', via: ['left'], range: '*' };
    const { tally, output, fix } = readAudit(
      answer({ left: vulnerable, above: through }, { high: 2 }),
    );
    expect(tally).toEqual({ passed: 0, failed: 1, skipped: [] });
    expect(output).toContain('left <1.3.0: high. Left reads what is right');
    expect(output).toContain('above *: high. through left');
    expect(fix).toContain('npm audit');
  });

  it('fails when it counts something that it does not name', () => {
    expect(readAudit(answer({}, { critical: 1 })).tally.failed).toBe(1);
  });

  it.each([
    [
      'the registry has no such service',
      JSON.stringify({
        message: '405 Method Not Allowed - POST /-/npm/v1/security/audits/quick',
        error: { summary: '', detail: '' },
      }),
      '405 Method Not Allowed',
    ],
    [
      'there is no network',
      JSON.stringify({ error: { code: 'ENOTFOUND', summary: 'request failed\nmore', detail: '' } }),
      '(request failed)',
    ],
    ['npm crashes', 'Segmentation fault', 'no answer that can be read'],
    ['npm says nothing', '', 'no answer that can be read'],
  ])('is neither passed nor failed when %s, and one line says so', (_, text, told) => {
    const { tally } = readAudit(text);
    expect(tally).toMatchObject({ passed: 0, failed: 0 });
    expect(tally.skipped).toHaveLength(1);
    expect(tally.skipped[0]).toContain(told);
    expect(tally.skipped[0]).not.toContain('\n');
  });
});
