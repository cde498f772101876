import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// Every finding is an error: a warning that nobody has to act on is noise.
export default ts.config(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      '.assay/',
      '.venv/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      'static/',
      // Each of these breaks a rule on purpose.
      'tests/boundaries/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.strict,
  svelte.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    rules: {
      'no-warning-comments': [
        'error',
        { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' },
      ],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      // With noUncheckedIndexedAccess, `!` is how one says that an index is in range.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // TypeScript knows which names exist.
      'no-undef': 'off',
      // For engines older than ours.
      'svelte/no-inner-declarations': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'tests/**/*.ts', '*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser },
    },
    rules: {
      // Props are taken apart with `let`, as Svelte's own documents do.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
      // We serve at the root of an address only.
      'svelte/no-navigation-without-resolve': 'off',
      // {' '} is how a space is kept where lines are broken.
      'svelte/no-useless-mustaches': 'off',
    },
  },
  {
    // The terminal is what these speak to.
    files: ['setup/**', 'src/cli/**', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
  {
    // Tools look for the default export of their configuration.
    files: ['*.config.{js,ts}', 'knip.ts', 'tests/e2e/*.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
);
