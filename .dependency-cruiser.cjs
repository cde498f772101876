/**
 * Who may import whom. Each rule is one row of the table in docs/architecture.md, and each has a folder
 * of its name under tests/boundaries/fixtures that breaks it, to show that it bites.
 */
const TEST = '\\.test\\.ts$';
const PARTS = ['content', 'sandbox', 'store', 'auth', 'recordings'];
const NPM = '(^|/)node_modules/';
const KIT = '^(\\$app|\\$env)/|(^|/)node_modules/(@sveltejs/kit|\\$app)/|^@sveltejs/kit';

const inServer = (folder) => `^src/lib/server/${folder}/`;

/** A part may import the domain, itself, and what `also` names; of src/, nothing else. */
function partRule(part, also = []) {
  const allowed = ['^src/lib/domain/', inServer(part), ...also.map(inServer)];
  return {
    name: `${part}-stays-apart`,
    severity: 'error',
    comment: `${part} may import the domain${also.map((name) => `, ${name}`).join('')} and itself: app.ts connects the parts.`,
    from: { path: inServer(part) },
    to: { path: '^(src|setup|sandbox|content)/', pathNot: allowed },
  };
}

/** A library has one owner: whoever else needs it asks the owner. */
function ownerRule(library, owners) {
  return {
    name: `${library}-has-one-owner`,
    severity: 'error',
    comment: `Only ${owners.join(' and ')} may import ${library}.`,
    from: { path: '^src/', pathNot: owners.map((owner) => `^src/${owner}`) },
    to: { path: `${NPM}${library}/` },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'The domain has no I/O, no clock, no framework: it imports itself and pure algorithms.',
      from: { path: '^src/lib/domain/', pathNot: TEST },
      // What a runtime says of itself is data.
      to: {
        pathNot: [
          '^src/lib/domain/',
          '^sandbox/runtimes/[^/]+/runtime\\.json$',
          `${NPM}(ts-fsrs|diff)/`,
        ],
      },
    },
    partRule('content'),
    partRule('sandbox'),
    partRule('store'),
    partRule('auth', ['store']),
    partRule('recordings'),
    partRule('proof', ['content', 'sandbox']),
    {
      name: 'use-cases-know-types-only',
      severity: 'error',
      comment: 'A use case is given the parts; of them it may import types.',
      from: { path: inServer('use-cases'), pathNot: TEST },
      to: {
        path: [...PARTS, 'proof'].map(inServer),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'use-cases-import-the-domain',
      severity: 'error',
      comment:
        'A use case imports the domain and types of the parts: no libraries, nothing else of src/.',
      from: { path: inServer('use-cases'), pathNot: TEST },
      to: {
        pathNot: ['^src/lib/domain/', inServer(`(${[...PARTS, 'proof', 'use-cases'].join('|')})`)],
      },
    },
    {
      name: 'use-cases-stand-alone',
      severity: 'error',
      comment: 'A use case never calls another one; what two of them share belongs to the domain.',
      from: { path: inServer('use-cases'), pathNot: TEST },
      to: { path: inServer('use-cases') },
    },
    {
      name: 'web-edge-is-thin',
      severity: 'error',
      comment: 'Server files of routes, and hooks: server/app.ts, use cases, the domain, $app.',
      from: { path: '^src/(routes/.*(\\.server|\\+server)\\.ts|hooks\\.server\\.ts)$' },
      to: {
        path: '^(src|setup|sandbox|content)/',
        pathNot: [
          '^src/lib/server/app\\.ts$',
          inServer('use-cases'),
          '^src/lib/domain/',
          '^src/routes/',
        ],
      },
    },
    {
      name: 'command-edge-is-thin',
      severity: 'error',
      comment: 'The commands: server/app.ts, use cases, the domain, the settings.',
      from: { path: '^src/cli/', pathNot: TEST },
      to: {
        path: '^(src|setup|sandbox|content)/',
        pathNot: [
          '^src/lib/server/app\\.ts$',
          inServer('use-cases'),
          '^src/lib/domain/',
          '^src/cli/',
          '^src/config\\.ts$',
        ],
      },
    },
    {
      name: 'pages-show-only',
      severity: 'error',
      comment: 'Components and what else runs in a browser: ui, the domain, their neighbours.',
      from: {
        path: ['\\.svelte(\\.ts)?$', '^src/lib/ui/', '^src/routes/.*\\.ts$'],
        pathNot: ['(\\.server|\\+server)\\.ts$', TEST],
      },
      to: {
        path: '^(src|setup|sandbox|content)/',
        pathNot: [
          '^src/lib/(ui|domain)/',
          '^src/routes/(?!.*(\\.server|\\+server)\\.ts$)',
          '^src/app\\.css$',
        ],
      },
    },
    {
      name: 'pages-use-browser-safe-modules',
      severity: 'error',
      comment: 'What runs in a browser has no Node and no $app/server.',
      from: {
        path: ['\\.svelte(\\.ts)?$', '^src/lib/ui/', '^src/routes/.*\\.ts$'],
        pathNot: ['(\\.server|\\+server)\\.ts$', TEST],
      },
      to: { path: ['^node:', '^\\$app/(server|env/private)'] },
    },
    {
      name: 'kit-stays-at-the-web-edge',
      severity: 'error',
      comment:
        'The same code serves the commands, which plain Node runs: SvelteKit is for routes, hooks and ui.',
      from: {
        path: '^src/',
        pathNot: '^src/(routes/|hooks\\.|params\\.ts|lib/ui/|env\\.ts|app\\.d\\.ts)',
      },
      to: { path: KIT },
    },
    {
      name: 'config-stands-alone',
      severity: 'error',
      comment: 'The settings are read by everything: they import their schema library only.',
      from: { path: '^src/(config|setting-values)\\.ts$' },
      to: {
        pathNot: ['^node:', '^src/setting-values\\.ts$', `${NPM}zod/`],
        dependencyTypesNot: ['core'],
      },
    },
    ownerRule('kysely', ['lib/server/store/']),
    ownerRule('pg', ['lib/server/store/']),
    ownerRule('yaml', ['lib/server/content/']),
    ownerRule('shiki', ['lib/server/content/']),
    {
      name: 'setup-has-no-dependencies',
      severity: 'error',
      comment: 'The set-up runs before anything is installed, on the Node that the machine has.',
      from: { path: '^setup/', pathNot: ['\\.test\\.mjs$', '^setup/checks/'] },
      to: { pathNot: ['^setup/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'Tests may import anything; nothing but tests imports them.',
      from: { path: '^(src|setup)/', pathNot: '\\.test\\.m?[jt]s$' },
      to: { path: ['^tests/', '\\.test\\.m?[jt]s$'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or miss a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-barrels',
      severity: 'error',
      comment:
        'Import the file that says it: an index that only passes things on hides who needs what.',
      from: {},
      to: { path: '^src/.*/index\\.[jt]s$' },
    },
    {
      name: 'all-imports-resolve',
      severity: 'error',
      comment: 'An import that cannot be followed escapes all other rules.',
      from: { path: '^(src|setup)/' },
      to: {
        couldNotResolve: true,
        // Made by SvelteKit and Vite; and packages of types, which TypeScript finds under @types.
        pathNot: ['^\\$app/', '^\\./\\$types$', '\\?(url|raw|worker)$', '^(mdast|hast)$'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^build/', '^\\.svelte-kit/'] },
    exclude: { path: '^(tests/boundaries/fixtures|build|\\.svelte-kit)/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    extraExtensionsToScan: [],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.svelte', '.json', '.css'],
    },
  },
};
