import { afterEach, beforeEach } from 'vitest';

// What a program complains about while its test passes is a failure that nobody looks at. A test that
// expects a complaint replaces console.error or console.warn itself.
const levels = ['error', 'warn'] as const;
const real = { error: console.error, warn: console.warn };
let said: string[] = [];

beforeEach(() => {
  said = [];
  for (const level of levels) {
    console[level] = (...parts: unknown[]) => {
      said.push(`console.${level}: ${parts.map(String).join(' ')}`);
      real[level](...parts);
    };
  }
});

afterEach(() => {
  for (const level of levels) console[level] = real[level];
  if (said.length > 0) throw new Error(`unexpected output:\n${said.join('\n')}`);
});
