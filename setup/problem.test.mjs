import { describe, expect, it } from 'vitest';
import { nodeProblem } from './begin.mjs';
import { requireRoom } from './disk.mjs';
import { Problem, formatProblem, tail, toProblem } from './problem.mjs';
import { npmProblem } from './steps/npm-packages.mjs';
import { pipProblem } from './steps/python-packages.mjs';

const NPM_STACK = `npm error code ECONNREFUSED
npm error FetchError: request to https://registry failed
npm error     at ClientRequest.<anonymous> (/usr/lib/node_modules/npm/index.js:130:14)
npm error     at processTicksAndRejections (node:internal/process/task_queues:82:21)
npm error network This is a problem related to network connectivity.
`;

describe('a problem', () => {
  it('says what is wrong and what to do', () => {
    const text = formatProblem(new Problem('No room.', 'Make room.\nStart again.'));
    expect(text).toBe(
      '\n  What is wrong: No room.\n  What to do:    Make room.\n                 Start again.\n\n',
    );
  });

  it('shows the end of what a tool printed, without its stack', () => {
    const text = formatProblem(new Problem('a', 'b', NPM_STACK));
    expect(text).toContain('problem related to network connectivity');
    expect(text).not.toMatch(/^\s*(npm error\s+)?at /m);
  });

  it('shows at most twelve lines of it', () => {
    expect(tail('line\n'.repeat(50)).split('\n')).toHaveLength(12);
  });

  it.each([
    ['ENOSPC', 'The disk is full'],
    ['EDQUOT', 'The disk is full'],
    ['EROFS', 'The disk is read-only'],
    ['EACCES', 'may not be written'],
  ])('is made of a failure of the system: %s', (code, what) => {
    const problem = toProblem(Object.assign(new Error('write'), { code, path: '/srv/x' }));
    expect(problem.message).toContain(what);
    expect(problem.message).toContain('/srv/x');
    expect(problem.fix).not.toBe('');
  });

  it('is made of a bug as well, and has no stack', () => {
    const text = formatProblem(toProblem(new TypeError('x is undefined')));
    expect(text).toContain('x is undefined');
    expect(text).not.toContain('    at ');
  });
});

describe('nodeProblem', () => {
  it.each(['12.22.12', '18.20.4', '19.9.0'])('refuses Node %s', (version) => {
    expect(nodeProblem(version)?.message).toContain(version);
  });

  it.each(['20.0.0', '22.11.0', '26.10.0'])('accepts Node %s', (version) => {
    expect(nodeProblem(version)).toBeNull();
  });
});

describe('requireRoom', () => {
  it('refuses when there is less room than the step may need', () => {
    expect(() => requireRoom('/srv', 400, 'installing', 399)).toThrow(/399 MiB are free at \/srv/);
  });

  it('is content with just enough, and where the room is not known', () => {
    expect(() => requireRoom('/srv', 400, 'installing', 400)).not.toThrow();
    expect(() => requireRoom('/srv', 400, 'installing', null)).not.toThrow();
  });
});

describe('npmProblem', () => {
  it.each([
    [NPM_STACK, 'cannot reach its package registry (ECONNREFUSED)'],
    ['npm error code EAI_AGAIN', 'cannot reach its package registry (EAI_AGAIN)'],
    ['npm error code ENOSPC\nnpm error nospc no space left on device', 'disk is full'],
    ['npm error code EINTEGRITY', 'is not the one package-lock.json names'],
    [
      '`npm ci` can only install packages when your package.json and package-lock.json or',
      'do not agree',
    ],
    ['npm error code EWHATEVER', 'could not install'],
  ])('sums up %j', (output, what) => {
    expect(npmProblem(output).message).toContain(what);
  });
});

describe('pipProblem', () => {
  it.each([
    ['Failed to establish a new connection: [Errno 111]', 'cannot reach its package index'],
    [
      'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE',
      'its hash differs',
    ],
    ['OSError: [Errno 28] No space left on device', 'disk is full'],
    ['ERROR: something else', 'could not install what django.txt names'],
  ])('sums up %j', (output, what) => {
    expect(pipProblem('django.txt', output).message).toContain(what);
  });
});
