/**
 * The only place that connects parts. Two things are built here from the config: the *workshop*, which
 * loads, runs and proves (the command line), and the *app*, which serves what was proven (the site).
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { findRoot, loadConfig, formatProblems, type Config } from '#config';
import { serveProven, serveToAuthor, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { installedRuntime } from '#lib/domain/installed-runtime.ts';
import { presentAuthoring } from '#lib/domain/present-authoring.ts';
import { unprovenText } from '#lib/domain/proof-text.ts';
import type { Lesson } from '#lib/domain/exercise.ts';
import { Recent } from '#lib/domain/review/recent.ts';
import type { CorrectItems } from '#lib/domain/strength/item-steps.ts';
import type { AuthoringView, ExecutionView } from '#lib/domain/views.ts';
import { createAccountAdmin, type AccountAdmin } from './auth/account-admin.ts';
import { createAccounts, type Accounts } from './auth/accounts.ts';
import { recogniseLearner, type RecognisedLearner } from './auth/learner-token.ts';
import { RateKeeper } from './auth/rate-keeper.ts';
import { createHighlight, type Highlight } from './content/highlight.ts';
import { loadCatalogue } from './content/load-catalogue.ts';
import { FileProofKeeper } from './proof/proof-keeper.ts';
import type { JudgeAnswer } from './proof/judge-answer.ts';
import { documentsForServing } from './proof/prose/documents-for-serving.ts';
import { labForServing } from './proof/lab/lab-for-serving.ts';
import { proofsForServing } from './proof/serving.ts';
import { visualizeForServing } from './proof/visualize/visualize-for-serving.ts';
import type { RecordingKeeper } from './proof/visualize/prove-visualize.ts';
import { LabShelf } from './recordings/lab-shelf.ts';
import { RecordingShelf } from './recordings/recording-shelf.ts';
import { accountsPartsOf } from './open-accounts.ts';
import { watchAndProve, type ContentWatch, type ProvenChange } from './proof/watch-and-prove.ts';
import type { ProofKeyParts } from './proof/prove-catalogue.ts';
import { createWorkshop, type Workshop } from './proof/workshop.ts';
import { createLab, labDigest } from './sandbox/bubblewrap-lab.ts';
import { createSandbox, harnessDigest } from './sandbox/bubblewrap-sandbox.ts';
import type { Lab } from './sandbox/lab-port.ts';
import { createLabTrial, type LabTrial } from './sandbox/lab-trial.ts';
import { readMachine } from './sandbox/machine.ts';
import type { Sandbox, SandboxState } from './sandbox/port.ts';
import { createAskForRun, type AskForRun } from './use-cases/ask-for-run.ts';
import { createCorrectItems } from './use-cases/correct-items.ts';
import type { LearnersCards } from './use-cases/show-review.ts';
import { openStore } from './store/open-store.ts';
import type { Store, StoreDescription } from './store/port.ts';
import { backUpSqlite, type Backup } from './store/sqlite/sqlite-backup.ts';
import { restoreSqlite, type Restored } from './store/sqlite/sqlite-restore.ts';

export type { Counted } from './auth/rate-keeper.ts';
export { newFiles } from './content/new-files.ts';
/** What a run may use, and what is wrong with less than it needs or with the names of its files. */
export { filesProblem } from './sandbox/files.ts';
export { defaultLimits as runLimits, limitsProblem } from './sandbox/limits.ts';

export { learnerCookie } from './open-accounts.ts';
export type { SignedIn } from './auth/accounts.ts';
export type { NewCookie } from './auth/cookies.ts';
export type { Visit } from './auth/visit.ts';

const mebibyte = 1024 * 1024;

/** Of whom the cards are kept: what a diligent learner did takes up to a megabyte. */
const learnersKept = 64;

function openSandbox(config: Config, runsPerCore: number): Sandbox {
  return createSandbox({
    root: config.root,
    venv: join(config.root, '.venv'),
    poolMemoryBytes: config.sandboxMemoryMb * mebibyte,
    execution: config.isExecutionOn,
    tier: config.sandboxTier,
    runsPerCore,
  });
}

/** The lab; a container is started only for a run. */
export function openLab(config: Config): Lab {
  return createLab({
    root: config.root,
    venv: join(config.root, '.venv'),
    execution: config.isExecutionOn,
    tier: config.sandboxTier,
  });
}

const storeOf = ({ dataDir, databaseUrl }: Config): Promise<Store> =>
  openStore({ dataDir, databaseUrl: databaseUrl ?? undefined });

const keeperOf = (config: Config) => new FileProofKeeper(join(config.dataDir, 'proofs'));

const shelfOf = (config: Config) => new RecordingShelf(join(config.dataDir, 'recordings'));

const labShelfOf = (config: Config) => new LabShelf(join(config.dataDir, 'recordings'));

/** Where proofs keep what lessons show. */
function recordingsOf(config: Config): RecordingKeeper {
  const shelf = shelfOf(config);
  return { keep: (recording) => shelf.keep(recording, 'lessons'), has: (id) => shelf.has(id) };
}

/**
 * Builds the workshop; the sandbox is started only when something is to be run.
 * @param runsPerCore - What lessons run mostly waits: one for each core used a fifth of the processors' time.
 */
export function openWorkshop(config: Config, runsPerCore = 2): Workshop {
  return createWorkshop({
    sandbox: openSandbox(config, runsPerCore),
    lab: openLab(config),
    machine: readMachine(),
    runtime: installedRuntime,
    harness: () => harnessDigest(config.root, installedRuntime),
    labHarness: () => labDigest(config.root, installedRuntime),
    keeper: keeperOf(config),
    recordings: recordingsOf(config),
    labRuns: labShelfOf(config),
    now: () => new Date().toISOString(),
  });
}

/** What the site is made of; use cases take from it what they need. */
export interface App {
  log: Logger;
  /** What is served at this moment. */
  readonly catalogue: ServedCatalogue;
  store: Store;
  highlight: Highlight;
  /** Who a browser is, by its cookie. */
  recogniseLearner: (cookie: string | undefined) => RecognisedLearner;
  /** How often learners and addresses may ask for what costs something. */
  rates: RateKeeper;
  /** Who is signed in, and the ways in and out. */
  accounts: Accounts;
  /** Whether programs can be run on this host. */
  execution: () => ExecutionView;
  /** What the sandbox's own test found when the site started. */
  sandbox: SandboxState;
  /** What learners' programs run on; without versions where nothing can be run. */
  runtime: ProofKeyParts['runtime'];
  /** The way for learners' programs into the sandbox. */
  askForRun: AskForRun;
  /** Recorded runs, of lessons and of learners. */
  recordings: Pick<RecordingShelf, 'findHead' | 'findPart' | 'readHead' | 'readSteps'>;
  /** Puts learners' programs under load, one at a time, those of proofs among them. */
  lab: Pick<Lab, 'runLab'>;
  /** Whether it is there. */
  labTrial: LabTrial;
  /** Lab runs that lessons show. */
  labRuns: Pick<LabShelf, 'find' | 'read'>;
  /** Judges answers that no proof has run. */
  judgeAnswer: JudgeAnswer;
  /** Keeps what answers say of exercises. */
  correctItems: CorrectItems;
  /** Cards of learners of late, by learner. */
  recentCards: Recent<LearnersCards>;
  now: () => Date;
  /** Only where lessons are written; null on every site for learners. */
  authoring: Authoring | null;
  close(): Promise<void>;
}

/** The author's bench: everything is shown, and proven anew as soon as it is saved. */
export interface Authoring {
  view(): AuthoringView;
  /** @returns Ends the subscription. */
  subscribe: ContentWatch['subscribe'];
}

/** Where the app takes what it serves from, and the sandbox and lab that stay open for learners' programs. */
interface Served extends Pick<App, 'catalogue' | 'authoring' | 'runtime' | 'close'> {
  state: SandboxState;
  runs: Sandbox;
  lab: Lab;
  judge: JudgeAnswer;
}

/**
 * Finds what this host may serve. Which proofs are this host's depends on the versions that its sandbox
 * tells, so the sandbox is started for that, and is warm when the first learner asks for a run.
 */
async function readServed(config: Config): Promise<Served> {
  // Learners' programs may compute as long as their limit of processor time; each has a core for that.
  const workshop = openWorkshop(config, 1);
  try {
    const state = await workshop.state();
    const parts = await workshop.keyParts();
    const loaded = await workshop.load(config.contentRoots);
    const proofs = await proofsForServing(loaded, keeperOf(config), parts);
    const documents = await documentsForServing(loaded, keeperOf(config), parts);
    const shelves = { recordings: recordingsOf(config), labRuns: labShelfOf(config) };
    const kept = { keeper: keeperOf(config), ...shelves };
    const visualized = await visualizeForServing(loaded, kept, parts);
    const labs = await labForServing(loaded, kept, parts);
    return {
      catalogue: serveProven(loaded.lessons, proofs, documents, visualized, labs),
      ...{ state, runs: workshop.sandbox, lab: workshop.lab, judge: workshop.judge },
      ...{ runtime: runtimeOf(parts), authoring: null },
      close: () => workshop.close(),
    };
  } catch (error) {
    await workshop.close();
    throw error;
  }
}

const executionOf = ({ ready, problem }: SandboxState): ExecutionView => ({
  available: ready,
  reason: problem,
});

const runtimeOf = (parts: ProofKeyParts | null): App['runtime'] =>
  parts?.runtime ?? { name: installedRuntime, versions: {} };

/** As {@link readServed}, and on from there: every change is proven. */
async function watchServed(config: Config): Promise<Served> {
  const workshop = openWorkshop(config);
  const state = await workshop.state();
  const runtime = runtimeOf(await workshop.keyParts());
  const watch = await watchAndProve({
    workshop,
    keeper: keeperOf(config),
    recordings: recordingsOf(config),
    labRuns: labShelfOf(config),
    roots: config.contentRoots,
    onProven: (change) => {
      // `assay prepare` came before and told how things stood.
      if (change.paths.length > 0) process.stdout.write(changeText(change));
    },
    onTrouble: (problem) => process.stderr.write(`${problem}\n`),
  });
  process.stdout.write(
    `\n  Lessons in ${config.contentRoots.join(', ')}: what you save is proven.\n` +
      '  What is found shows here and on the page.\n',
  );
  return {
    get catalogue() {
      return catalogueOf(watch);
    },
    ...{ state, runs: workshop.sandbox, lab: workshop.lab, judge: workshop.judge, runtime },
    authoring: {
      view: () => {
        const { lessons, proofs, ...standing } = watch.standing();
        return presentAuthoring(lessons, proofs, standing);
      },
      subscribe: watch.subscribe,
    },
    close: watch.close,
  };
}

function catalogueOf(watch: ContentWatch): ServedCatalogue {
  const { lessons, proofs } = watch.standing();
  return serveToAuthor(lessons, proofs);
}

/** What an author reads on the terminal after a save. */
function changeText({ paths, proof }: ProvenChange): string {
  return `\nsaved: ${paths.join(', ')}\n\n${unprovenText(proof)}`;
}

/**
 * Builds the site's parts from the settings of this process.
 * @param authoring - True where lessons are written (`npm run dev`): what is not proven is shown as well,
 *   keys and all, so never for learners.
 * @throws Error with what is wrong, for a person, when a setting or the store does not allow it.
 */
export async function openApp({ authoring }: { authoring: boolean }): Promise<App> {
  const loadedConfig = loadConfig(process.env, findRoot());
  if (!loadedConfig.ok) throw new Error(formatProblems(loadedConfig.problems));
  const { config } = loadedConfig;
  await mkdir(config.dataDir, { recursive: true });
  const log = pino({ level: config.logLevel });
  const served = await (authoring ? watchServed(config) : readServed(config));
  const [store, highlight] = await Promise.all([storeOf(config), createHighlight()]).catch(
    async (error: unknown) => {
      // The sandbox's processes would keep this one from ending.
      await served.close();
      throw error;
    },
  );
  const { parts, mailer } = accountsPartsOf(config, store, {
    isForAuthors: authoring,
    log: (level, message) => log[level === 'error' ? 'error' : 'debug'](message),
    onMailTrouble: (error) => log.error({ err: error }, 'a mail could not be sent'),
  });
  const execution = executionOf(served.state);
  const recordings = shelfOf(config);
  const labTrial = createLabTrial(served.lab, installedRuntime);
  // It takes seconds, which no reader should have to wait for.
  if (served.catalogue.lessons.some(({ lesson }) => lesson.lab)) void labTrial.settled();
  const now = () => new Date();
  return {
    log,
    get catalogue() {
      return served.catalogue;
    },
    store,
    highlight,
    recogniseLearner,
    rates: new RateKeeper({ factor: config.rateLimitFactor }),
    accounts: createAccounts(parts),
    execution: () => execution,
    sandbox: served.state,
    runtime: served.runtime,
    recordings,
    lab: served.lab,
    labTrial,
    labRuns: labShelfOf(config),
    askForRun: createAskForRun({
      sandbox: served.runs,
      now,
      keepRecording: (recording) => recordings.keep(recording, 'learners'),
      onTrouble: (problem) => log.error({ problem }, 'a run could not be made'),
    }),
    judgeAnswer: async (asked) => {
      const result = await served.judge(asked);
      if (result.kind === 'trouble') {
        const { uid } = asked.exercise;
        log.error({ exercise: uid, problem: result.problem }, 'an answer could not be judged');
      }
      return result;
    },
    correctItems: createCorrectItems({
      catalogue: () => served.catalogue,
      store,
      onTrouble: (error) => log.error({ err: error }, 'an exercise could not be corrected'),
    }),
    authoring: served.authoring,
    recentCards: new Recent(learnersKept),
    now,
    close: async () => {
      await served.close();
      await mailer?.close();
      await store.close();
    },
  };
}

/** What the store says of itself, for `assay doctor`. */
export async function describeStore(config: Config): Promise<StoreDescription> {
  await mkdir(config.dataDir, { recursive: true });
  const store = await storeOf(config);
  try {
    return await store.describe();
  } finally {
    await store.close();
  }
}

/** What an operator works at beside the running site: what it keeps, and the lessons as they are now. */
export interface Desk {
  store: Store;
  accounts: AccountAdmin;
  loadLessons: () => Promise<Lesson[]>;
  /** The same, as the proofs that come with them let them be served. */
  loadServed: () => Promise<ServedCatalogue>;
  /** The id of the learner who has this token in a cookie; null when it is none of ours. */
  idOfToken: (token: string) => string | null;
  now: () => Date;
  close(): Promise<void>;
}

export async function openDesk(config: Config): Promise<Desk> {
  await mkdir(config.dataDir, { recursive: true });
  const store = await storeOf(config);
  const { parts } = accountsPartsOf(config, store, {
    isForAuthors: false,
    log: () => {},
    onMailTrouble: () => {},
  });
  return {
    store,
    accounts: createAccountAdmin(parts),
    loadLessons: async () => (await loadCatalogue(config.contentRoots)).lessons,
    loadServed: async () => {
      const loaded = await loadCatalogue(config.contentRoots);
      return serveProven(loaded.lessons, await proofsForServing(loaded, null, null));
    },
    idOfToken: (token) => {
      const { id, newToken } = recogniseLearner(token);
      return newToken === null ? id : null;
    },
    now: () => new Date(),
    close: () => store.close(),
  };
}

/** @throws BackupProblem with what is wrong and what to do. For SQLite only. */
export function backUp(config: Config, file: string, mayReplace: boolean): Backup {
  return backUpSqlite(config.dataDir, file, mayReplace);
}

/** @throws BackupProblem with what is wrong and what to do. For SQLite only. */
export function restore(config: Config, file: string): Restored {
  return restoreSqlite(config.dataDir, file, new Date());
}
