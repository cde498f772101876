import { parseArgs } from 'node:util';
import type { Desk } from '#lib/server/app.ts';
import { CommandProblem } from './command-problem.ts';
import { inDesk } from './in-desk.ts';
import { readConfig } from './read-config.ts';
import { readPassword } from './read-password.ts';

const usage = `assay admin EMAIL [--link]
assay admin list
assay admin remove EMAIL
assay admin reset-link EMAIL
  Makes an account an author, who sees how exercises are answered and what learners report. Where there is
  no account with this address, one is made: its password is asked for, or read from standard input when that
  is no terminal.
  --link       do not ask for a password: print a link that sets one
  list         the authors
  remove       the account stays, and is an author no more
  reset-link   print a link that sets a new password: it works once, within a day
  The site may be running. Links begin with ORIGIN, where it is set.
`;

const passwordProblems = {
  'too-short': 'A password has at least 10 characters.',
  'too-long': 'A password has at most 128 characters.',
  'too-common': 'This password is one of the first that would be tried.',
};

/** @returns The exit code. */
export async function adminCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      link: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [first = '', second = ''] = positionals;
  const isTwoWords = first === 'remove' || first === 'reset-link';
  if (first === '' || positionals.length !== (isTwoWords ? 2 : 1)) {
    throw new CommandProblem('Say whose account.', 'assay admin --help');
  }
  return inDesk(async (desk) => {
    if (first === 'list') return listAuthors(desk);
    if (first === 'remove') return removeAuthor(desk, second);
    if (first === 'reset-link') return printLink(desk, second);
    return makeAuthor(desk, first, values.link);
  });
}

async function listAuthors({ accounts }: Desk): Promise<number> {
  const authors = await accounts.listAuthors();
  for (const { email, name } of authors) process.stdout.write(`${email}  ${name}\n`);
  if (authors.length === 0) process.stdout.write('There are no authors yet.\n');
  return 0;
}

async function removeAuthor({ accounts }: Desk, email: string): Promise<number> {
  if (!(await accounts.setRole(email, 'learner'))) throw nobody(email);
  process.stdout.write(`${email} is an author no more.\n`);
  return 0;
}

async function printLink({ accounts }: Desk, email: string): Promise<number> {
  const link = await accounts.makeResetLink(email, siteOrigin());
  if (link === null) throw nobody(email);
  process.stdout.write(`${link}\n`);
  return 0;
}

async function makeAuthor(desk: Desk, email: string, isByLink: boolean): Promise<number> {
  const { accounts } = desk;
  const found = await accounts.find(email);
  if (found === null) await createAccount(desk, email, isByLink);
  else if (!found.isEmailVerified) {
    process.stderr.write(
      `  Note: nobody has confirmed that ${email} belongs to who made the account on ${found.createdAt.slice(0, 10)}.\n`,
    );
  }
  await accounts.setRole(email, 'author');
  process.stdout.write(`${email} is an author.\n`);
  return isByLink ? printLink(desk, email) : 0;
}

async function createAccount({ accounts }: Desk, email: string, isByLink: boolean) {
  // What is wrong with the address is told before a password is asked for.
  if (!/^\S+@\S+\.\S+$/.test(email)) throw noAddress(email);
  const password = isByLink ? null : await readPassword(`Password for ${email}: `);
  const problem = await accounts.create(email, password);
  if (problem === 'no-address') throw noAddress(email);
  if (problem) throw new CommandProblem(passwordProblems[problem], 'Choose another one.');
}

/** Where browsers see the site, as far as the settings tell. */
function siteOrigin(): string {
  const { origin, host, port } = readConfig();
  if (origin) return origin;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

const nobody = (email: string) =>
  new CommandProblem(`There is no account of ${email}.`, 'Look at the spelling of the address.');

const noAddress = (email: string) =>
  new CommandProblem(`${email} is no e-mail address.`, 'assay admin --help');
