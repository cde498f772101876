import { describe, expect, it } from 'vitest';
import { sandboxUnderTest } from '../contract/sandbox-under-test.ts';
import { containerProcesses } from './census.ts';
import { soak } from './soak.ts';

const mebibyte = 1024 * 1024;
const under = sandboxUnderTest();

describe('four hundred runs, hostile and honest, several at once', () => {
  it(
    'leave nothing behind, and the honest ones all come out right',
    { timeout: 300_000 },
    async () => {
      const container = containerProcesses()[0]?.pid;
      const report = await soak(under.sandbox, 400);
      expect(report).toMatchObject({
        hostile: 200,
        honest: 200,
        wrong: [],
        breaches: [],
        left: [],
      });
      expect(Object.keys(report.outcomes)).not.toContain('infrastructure');
      expect(Object.keys(report.outcomes)).not.toContain('busy');
      expect(report.grownBytes).toBeLessThan(5 * mebibyte);
      // It is the same container as before: none of it brought it down.
      expect(containerProcesses()[0]?.pid).toBe(container);
    },
  );
});
