/** Connects accounts with the settings, the store and the mail. Called by app.ts alone. */
import type { Config } from '#config';
import { parseCookies } from './auth/cookies.ts';
import type { AccountsParts } from './auth/accounts.ts';
import { readAuthSecret } from './auth/auth-secret.ts';
import { bringAlong, type MergeLearner } from './auth/bring-along.ts';
import { oauthProviders } from './auth/providers.ts';
import { accountMails } from './mail/account-mails.ts';
import { smtpMailer, terminalMailer, type Mailer } from './mail/mailer.ts';
import type { Store } from './store/port.ts';

/** The cookie that holds a learner's token. */
export const learnerCookie = 'assay_learner';

export interface AccountsHost {
  /** Where lessons are written, mails are printed. */
  isForAuthors: boolean;
  log: AccountsParts['log'];
  onMailTrouble: (error: unknown) => void;
}

export interface OpenedAccounts {
  parts: AccountsParts;
  /** Null: no mail can be sent. */
  mailer: Mailer | null;
}

export function accountsPartsOf(config: Config, store: Store, host: AccountsHost): OpenedAccounts {
  const mailer = mailerOf(config, host);
  return {
    mailer,
    parts: {
      rows: store.accounts,
      secret: config.authSecret ?? readAuthSecret(config.dataDir),
      mails: mailer && ((origin) => accountMails(mailer, origin)),
      providers: oauthProviders(providersOf(config), mailer !== null),
      onSignIn: (accountId, headers) =>
        bringAlong(store, mergeOf(store), accountId, parseCookies(headers).get(learnerCookie)),
      log: host.log,
      now: Date.now,
    },
  };
}

const mergeOf =
  (store: Store): MergeLearner =>
  (merge) =>
    store.mergeLearner(merge);

function mailerOf(config: Config, host: AccountsHost): Mailer | null {
  const { smtpUrl, mailFrom } = config;
  if (smtpUrl !== null && mailFrom !== null) {
    return smtpMailer({ url: smtpUrl, from: mailFrom, onTrouble: host.onMailTrouble });
  }
  return host.isForAuthors ? terminalMailer((text) => process.stdout.write(text)) : null;
}

function providersOf(config: Config) {
  const client = (id: string | null, secret: string | null) => id && secret && { id, secret };
  const oidc = client(config.oidcId, config.oidcSecret);
  return {
    social: {
      github: client(config.githubId, config.githubSecret) || null,
      google: client(config.googleId, config.googleSecret) || null,
      gitlab: client(config.gitlabId, config.gitlabSecret) || null,
    },
    oidc: oidc && config.oidcUrl ? { ...oidc, url: config.oidcUrl, name: config.oidcName } : null,
  };
}
