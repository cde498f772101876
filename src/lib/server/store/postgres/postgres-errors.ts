import { StoreError, type StoreProblem } from '../store-error.ts';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; the rest are of the system's. */
const serializationFailure = '40001';
const deadlock = '40P01';
const uniqueViolation = '23505';

const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT', 'ENOTFOUND'],
  ...['EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'],
  // Server is starting, stopping, or was told to end the connection.
  ...['57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006'],
]);

/** What `pg` says, without a code, of a connection that is lost or could not be made in time. */
const lostConnection =
  /connection terminated|connection error|not queryable|timeout e(xceeded|xpired)|has been discarded/i;

/** Whether the same transaction may well succeed when it is run again; it surely was rolled back. */
export function isWorthRepeating(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === serializationFailure || code === deadlock || code === uniqueViolation;
}

/** `database "assay" at db.example:5432`: without user and password, for messages. */
export function nameOfDatabase(databaseUrl: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(databaseUrl);
    const host = hostname || searchParams.get('host') || 'the local socket';
    const database = decodeURIComponent(pathname.slice(1));
    return `${database === '' ? 'the default database' : `database "${database}"`} at ${host}:${port || '5432'}`;
  } catch {
    return 'the database that ASSAY_DATABASE_URL names';
  }
}

/** Says what an error of PostgreSQL or of the way to it means. A `StoreError` is given back. */
export function explainPostgres(error: unknown, name: string): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const reason = typeof message === 'string' && message !== '' ? message : String(code ?? error);
  const [problem, says] = diagnose(String(code ?? ''), reason, name);
  return new StoreError(problem, says, error);
}

function diagnose(code: string, reason: string, name: string): [StoreProblem, string] {
  if (code === 'ERR_INVALID_URL') {
    return [
      'refused',
      'ASSAY_DATABASE_URL is not an address: write it as postgresql://user:password@host:5432/database.',
    ];
  }
  // `pg` says it without a code when the server wants a password and the address has none.
  if (code.startsWith('28') || reason.startsWith('SASL')) {
    return [
      'refused',
      `PostgreSQL refused the login to ${name} (${reason}): check user and password in ASSAY_DATABASE_URL.`,
    ];
  }
  switch (code) {
    case '3D000':
      return [
        'refused',
        `PostgreSQL has no ${name}: create it, or correct its name in ASSAY_DATABASE_URL.`,
      ];
    case '42501':
    case '3F000':
      return [
        'not-writable',
        `PostgreSQL does not let this user change ${name} (${reason}): make the user the database's owner, or grant it CREATE on its schema.`,
      ];
    case '25006':
      return [
        'not-writable',
        `PostgreSQL only lets ${name} be read (${reason}): let ASSAY_DATABASE_URL name the primary server.`,
      ];
    case '53100':
      return [
        'disk-full',
        `The disk of PostgreSQL's ${name} is full, so this was not saved: free some space there and try again.`,
      ];
    case '53300':
      return [
        'busy',
        `PostgreSQL has no connection left for ${name}: try again, and if it stays so, raise its max_connections.`,
      ];
  }
  if (unreachable.has(code) || lostConnection.test(reason)) {
    return [
      'unreachable',
      `PostgreSQL cannot be reached for ${name} (${reason}): check that it runs and that ASSAY_DATABASE_URL is right, then try again.`,
    ];
  }
  return [
    'failed',
    `PostgreSQL's ${name} refused the request (${reason}): try again, and if it stays so, report it with this message.`,
  ];
}
