/**
 * The tables as SQL names them; the newest migration brings a database to this shape, and the
 * contract suite compares it with the real columns of both engines.
 * Times are ISO text and lists are JSON text, so that one query reads the same on both.
 */
import type { Difficulty } from '#lib/domain/exercise.ts';
import type { ReportKind } from '#lib/domain/report.ts';
import type { RoundEnding } from '#lib/domain/round.ts';
import type { SittingAnswer } from '#lib/domain/sitting.ts';
import type { AccountTables } from './account-tables.ts';

export interface Database extends AccountTables {
  learners: LearnersTable;
  rounds: RoundsTable;
  attempts: AttemptsTable;
  reports: ReportsTable;
  mode_progress: ModeProgressTable;
  quiz_rights: QuizRightsTable;
  sittings: SittingsTable;
  sitting_items: SittingItemsTable;
  kudos: KudosTable;
  item_models: ItemModelsTable;
  review_draws: ReviewDrawsTable;
}

export interface LearnersTable {
  id: string;
  created_at: string;
  /** The learner who has all that this one had, and was merged into nobody; null: this one was not merged. */
  merged_into: string | null;
}

export interface RoundsTable {
  learner_id: string;
  exercise_uid: string;
  number: number;
  content_version: string;
  hints_shown: number;
  ending: RoundEnding | null;
  started_at: string;
  ended_at: string | null;
}

export interface AttemptsTable {
  /** UUID version 7: in order of time, so that new rows land at the end of the index. */
  id: string;
  learner_id: string;
  exercise_uid: string;
  round_number: number;
  number: number;
  key: string;
  content_version: string;
  /** JSON list of tokens or option ids. */
  order_shown: string;
  /** JSON list of texts. */
  answer: string;
  verdict: 'right' | 'wrong';
  evidence_id: string;
  /** JSON object; null: the verdict was looked up among the proven answers. */
  judged: string | null;
  help_used: number;
  created_at: string;
}

export interface ReportsTable {
  /** UUID version 7. */
  id: string;
  learner_id: string;
  key: string;
  exercise_uid: string;
  lesson_id: string;
  mode: string;
  /** JSON object: name of a part to its version. */
  versions: string;
  content_version: string;
  round_number: number;
  kind: ReportKind;
  text: string;
  created_at: string;
  resolved_at: string | null;
}

export interface ModeProgressTable {
  learner_id: string;
  lesson_id: string;
  mode: string;
  opened_at: string;
  done_at: string | null;
}

export interface QuizRightsTable {
  learner_id: string;
  lesson_id: string;
  question: string;
  answered_at: string;
}

export interface SittingsTable {
  /** UUID version 7. */
  id: string;
  learner_id: string;
  lesson_id: string;
  /** From 1 for this learner and lesson: their order, whatever clocks said. */
  number: number;
  seed: string;
  started_at: string;
  ended_at: string | null;
}

export interface SittingItemsTable {
  sitting_id: string;
  number: number;
  exercise_uid: string;
  content_version: string;
  /** JSON list of tokens or ids. */
  order_shown: string;
  objective: string;
  difficulty: Difficulty;
  /** JSON object: what the exercise was taken to be. */
  model: string;
  drawn_at: string;
  /** Null, as are the rest: not answered yet. */
  key: string | null;
  /** JSON list of texts. */
  answer: string | null;
  verdict: SittingAnswer['verdict'] | null;
  /** Null when passed, as is what follows. */
  evidence_id: string | null;
  /** JSON object; null: looked up. */
  judged: string | null;
  answered_at: string | null;
}

export interface KudosTable {
  learner_id: string;
  lesson_id: string;
  created_at: string;
}

export interface ItemModelsTable {
  exercise_uid: string;
  content_version: string;
  /** JSON object: difficulty and discrimination, each with its precision. */
  estimate: string;
  /** How many have corrected it. */
  answers: number;
}

export interface ReviewDrawsTable {
  learner_id: string;
  day: number;
  /** As `cardKey` makes it. */
  card: string;
  exercise_uid: string;
  content_version: string;
  round: number;
  drawn_at: string;
}

export interface Column {
  type: 'text' | 'integer';
  isNullable: boolean;
}

const text: Column = { type: 'text', isNullable: false };
const integer: Column = { type: 'integer', isNullable: false };
const optionalText: Column = { type: 'text', isNullable: true };

/** The same at run time; the type holds it to naming every column of every table, and no other. */
export const columns: { [T in keyof Database]: Record<keyof Database[T], Column> } = {
  learners: { id: text, created_at: text, merged_into: optionalText },
  rounds: {
    learner_id: text,
    exercise_uid: text,
    number: integer,
    content_version: text,
    hints_shown: integer,
    ending: optionalText,
    started_at: text,
    ended_at: optionalText,
  },
  attempts: {
    id: text,
    learner_id: text,
    exercise_uid: text,
    round_number: integer,
    number: integer,
    key: text,
    content_version: text,
    order_shown: text,
    answer: text,
    verdict: text,
    evidence_id: text,
    judged: optionalText,
    help_used: integer,
    created_at: text,
  },
  reports: {
    id: text,
    learner_id: text,
    key: text,
    exercise_uid: text,
    lesson_id: text,
    mode: text,
    versions: text,
    content_version: text,
    round_number: integer,
    kind: text,
    text,
    created_at: text,
    resolved_at: optionalText,
  },
  mode_progress: {
    learner_id: text,
    lesson_id: text,
    mode: text,
    opened_at: text,
    done_at: optionalText,
  },
  quiz_rights: { learner_id: text, lesson_id: text, question: text, answered_at: text },
  sittings: {
    id: text,
    learner_id: text,
    lesson_id: text,
    number: integer,
    seed: text,
    started_at: text,
    ended_at: optionalText,
  },
  sitting_items: {
    sitting_id: text,
    number: integer,
    exercise_uid: text,
    content_version: text,
    order_shown: text,
    objective: text,
    difficulty: text,
    model: text,
    drawn_at: text,
    key: optionalText,
    answer: optionalText,
    verdict: optionalText,
    evidence_id: optionalText,
    judged: optionalText,
    answered_at: optionalText,
  },
  kudos: { learner_id: text, lesson_id: text, created_at: text },
  item_models: { exercise_uid: text, content_version: text, estimate: text, answers: integer },
  review_draws: {
    learner_id: text,
    day: integer,
    card: text,
    exercise_uid: text,
    content_version: text,
    round: integer,
    drawn_at: text,
  },
  accounts: {
    id: text,
    learner_id: text,
    email: text,
    is_email_verified: integer,
    name: text,
    image: optionalText,
    role: text,
    created_at: text,
    updated_at: text,
  },
  account_sessions: {
    id: text,
    account_id: text,
    token: text,
    expires_at: text,
    ip_address: optionalText,
    user_agent: optionalText,
    created_at: text,
    updated_at: text,
  },
  account_credentials: {
    id: text,
    account_id: text,
    provider: text,
    provider_account_id: text,
    password_hash: optionalText,
    access_token: optionalText,
    refresh_token: optionalText,
    id_token: optionalText,
    access_token_expires_at: optionalText,
    refresh_token_expires_at: optionalText,
    scope: optionalText,
    created_at: text,
    updated_at: text,
  },
  passkeys: {
    id: text,
    account_id: text,
    name: optionalText,
    credential_id: text,
    public_key: text,
    counter: integer,
    device_type: text,
    is_backed_up: integer,
    transports: optionalText,
    aaguid: optionalText,
    created_at: optionalText,
  },
  verifications: {
    id: text,
    identifier: text,
    value: text,
    expires_at: text,
    created_at: text,
    updated_at: text,
  },
};
