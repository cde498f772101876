/** Why this host cannot make a jail, in a sentence for a person that also says how to mend it. */
export class SandboxProblem extends Error {}

/** What bubblewrap prints, what that means, and what to do. The first that matches is told. */
const meanings: { says: RegExp; problem: string }[] = [
  {
    says: /setting up uid map: Permission denied|apparmor/i,
    problem:
      'AppArmor keeps bubblewrap from making user namespaces (Ubuntu 23.10 and later do). As root, give /usr/bin/bwrap an AppArmor profile that allows `userns`, or: sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  },
  {
    says: /max_user_namespaces|No space left on device/i,
    problem:
      'The kernel allows no more user namespaces. Raise it: sysctl user.max_user_namespaces=10000',
  },
  {
    says: /No permissions to creat\w* (a )?new namespace|Creating new namespace failed|unprivileged_userns_clone/i,
    problem:
      'The kernel refuses user namespaces to this user. On Debian: sysctl kernel.unprivileged_userns_clone=1. In a container: its seccomp profile must allow unshare and mount (never run it privileged). Or set ASSAY_SANDBOX_TIER=no-namespaces, which shuts programs in less well.',
  },
  {
    says: /Unknown option|disable-userns/i,
    problem: 'This bubblewrap is too old: version 0.8 or later is needed.',
  },
];

/** From what a container that did not start wrote to stderr, the problem in a person's words. */
export function explainFailure(stderr: string): string {
  const meaning = meanings.find(({ says }) => says.test(stderr));
  const said = lastLine(stderr);
  if (meaning) return `${meaning.problem} (${said})`;
  return said
    ? `The sandbox did not start: ${said}`
    : 'The sandbox did not start, and said nothing.';
}

/** The same of a container that had served: what it met on its way is not what ended it. */
export function explainEnd(stderr: string): string {
  const said = lastLine(stderr);
  return said ? `The sandbox ended: ${said}` : 'The sandbox ended, and said nothing.';
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
