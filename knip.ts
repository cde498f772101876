import type { KnipConfig } from 'knip';

// What nobody uses is dead. Each exception says why it is none.
export default {
  entry: [
    // The npm scripts, and the command (`assay` is the package's bin).
    'setup/{start,test,check,dev,bench,assay}.mjs',
    // Loaded by setup/begin.mjs, after it has looked at the version of Node.
    'setup/commands/*.mjs',
    // Run by the checks as programs.
    'setup/checks/*.mjs',
    'tests/setup/prove-our-lessons.ts',
    // Run by the set-up and by the starter as programs.
    'src/cli/{main,check-settings}.ts',
    // Run by `npm run bench`, one after another.
    'tests/bench/*.bench.ts',
    // Read by SvelteKit, by its name.
    'src/params.ts',
    // Started on a thread by its path.
    'src/lib/server/store/sqlite/sqlite-worker.ts',
  ],
  project: [
    'src/**/*.{ts,svelte}',
    'setup/**/*.mjs',
    'tests/**/*.ts',
    '*.{ts,js,cjs}',
    // Each of these breaks a rule on purpose.
    '!tests/boundaries/fixtures/**',
  ],
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Started by setup/checks/checks.mjs.
    'svelte-check',
  ],
  // Of the system: in tests that give up root's rights or look up shared libraries, and in the profile of a run.
  ignoreBinaries: ['ldd', 'setpriv', 'strace'],
} satisfies KnipConfig;
