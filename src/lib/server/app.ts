/**
 * The only place that connects parts. Two things are built here from the config: the *workshop*, which
 * loads, runs and proves (the command line), and the *app*, which serves what was proven (the site).
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { findRoot, loadConfig, formatProblems, type Config } from '#config';
import { serveProven, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { ExecutionView } from '#lib/domain/views.ts';
import { recogniseLearner, type RecognisedLearner } from './auth/learner-token.ts';
import { createHighlight, type Highlight } from './content/highlight.ts';
import { FileProofKeeper } from './proof/proof-keeper.ts';
import { proofsForServing } from './proof/serving.ts';
import { createWorkshop, type Workshop } from './proof/workshop.ts';
import { createSandbox, harnessDigest } from './sandbox/bubblewrap-sandbox.ts';
import type { Sandbox, SandboxState } from './sandbox/port.ts';
import { openStore } from './store/open-store.ts';
import type { Store, StoreDescription } from './store/port.ts';

/** The runtime that is installed with Assay. */
export const installedRuntime = 'django-5.2';

const mebibyte = 1024 * 1024;

function openSandbox(config: Config): Sandbox {
  return createSandbox({
    root: config.root,
    venv: join(config.root, '.venv'),
    poolMemoryBytes: config.sandboxMemoryMb * mebibyte,
    execution: config.isExecutionOn,
  });
}

const keeperOf = (config: Config) => new FileProofKeeper(join(config.dataDir, 'proofs'));

/** Builds the workshop; the sandbox is started only when something is to be run. */
export function openWorkshop(config: Config): Workshop {
  return createWorkshop({
    sandbox: openSandbox(config),
    runtime: installedRuntime,
    harness: () => harnessDigest(config.root, installedRuntime),
    keeper: keeperOf(config),
    now: () => new Date().toISOString(),
  });
}

/** What the site is made of; use cases take from it what they need. */
export interface App {
  log: Logger;
  catalogue: ServedCatalogue;
  store: Store;
  highlight: Highlight;
  /** Who a browser is, by its cookie. */
  recogniseLearner: (cookie: string | undefined) => RecognisedLearner;
  /** Whether programs can be run on this host. */
  execution: () => ExecutionView;
  now: () => Date;
  close(): Promise<void>;
}

/** Finds what this host may serve. Until a kind needs a run at answer time, no sandbox stays open. */
async function readServed(
  config: Config,
): Promise<{ state: SandboxState; catalogue: ServedCatalogue }> {
  const workshop = openWorkshop(config);
  try {
    const state = await workshop.state();
    const loaded = await workshop.load(config.contentRoots);
    const proofs = await proofsForServing(loaded, keeperOf(config), await workshop.keyParts());
    return { state, catalogue: serveProven(loaded.lessons, proofs) };
  } finally {
    await workshop.close();
  }
}

/**
 * Builds the site's parts from the settings of this process.
 * @throws Error with what is wrong, for a person, when a setting or the store does not allow it.
 */
export async function openApp(): Promise<App> {
  const loadedConfig = loadConfig(process.env, findRoot());
  if (!loadedConfig.ok) throw new Error(formatProblems(loadedConfig.problems));
  const { config } = loadedConfig;
  await mkdir(config.dataDir, { recursive: true });
  const log = pino({ level: config.logLevel });
  const { state, catalogue } = await readServed(config);
  const [store, highlight] = await Promise.all([
    openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl ?? undefined }),
    createHighlight(),
  ]);
  const execution = { available: state.ready, reason: state.problem };
  return {
    log,
    catalogue,
    store,
    highlight,
    recogniseLearner,
    execution: () => execution,
    now: () => new Date(),
    close: () => store.close(),
  };
}

/** What the store says of itself, for `assay doctor`. */
export async function describeStore(config: Config): Promise<StoreDescription> {
  await mkdir(config.dataDir, { recursive: true });
  const store = await openStore({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl ?? undefined,
  });
  try {
    return await store.describe();
  } finally {
    await store.close();
  }
}
