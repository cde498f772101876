/** Trying an attack on a sandbox from which layers have been taken away: does it get through? */
import type { RunResult } from '#lib/domain/run.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import type { Attack, Expectation } from './attack-folders.ts';
import { takeCensus, takeQuietCensus, whatIsLeft } from './census.ts';
import { besideCanaries, runtime, whatAnHonestRunMisses, whatHarmsACanary } from './companions.ts';
import { gradeProgram } from './drives.ts';
import type { LayerName } from './layers.ts';
import { type AblatedSandbox, startWithout } from './outer-jail.ts';

/** A set of layers, and the attacks that are tried without them. */
export interface Trial {
  without: LayerName[];
  attacks: { attack: Attack; getsThrough: boolean }[];
}

/** The hard time-out: after it the whole jail is killed, whatever goes on in it. */
const mostMs = 12_000;
/** How long what was left behind must stay, to count as left. */
const stayMs = 400;
const someSecret = '3f0b6f0e-expected-answer-of-the-author';

/**
 * Every set of layers that must be tried, with the attacks that meet it: each attack without its whole
 * set, which lets it through, and, where that has several, without all but one, which stops it.
 */
export function planTrials(attacks: readonly Attack[]): Trial[] {
  const trials = new Map<string, Trial>();
  const add = (layers: LayerName[], attack: Attack, getsThrough: boolean) => {
    const without = [...layers].sort();
    const key = without.join(' ');
    const trial = trials.get(key) ?? { without, attacks: [] };
    trials.set(key, trial);
    trial.attacks.push({ attack, getsThrough });
  };
  for (const attack of attacks) {
    const { sabotage } = attack;
    add(sabotage, attack, true);
    if (sabotage.length === 1) continue;
    for (const kept of sabotage) {
      add(
        sabotage.filter((layer) => layer !== kept),
        attack,
        false,
      );
    }
  }
  return [...trials.values()];
}

/** What was seen of an attack, and whether that is what its `breaks` names. */
export interface Seen {
  through: boolean;
  saw: string;
}

/** One ablated sandbox after another for the same layers: anew whenever an attack has broken it. */
export class TrialBench {
  readonly #without: LayerName[];
  #open: AblatedSandbox | null = null;

  constructor(without: LayerName[]) {
    this.#without = without;
  }

  async try(attack: Attack): Promise<Seen> {
    this.#open ??= await startWithout(this.#without);
    const { sandbox } = this.#open;
    const before =
      'left' in attack.breaks ? await takeQuietCensus(() => Promise.resolve()) : takeCensus();
    const timer = setTimeout(() => void sandbox.close(), mostMs);
    let isWhole = false;
    try {
      if ('canary' in attack.breaks) await this.#mustBeFitForCanaries(sandbox);
      const { value, harm } = needsCompany(attack)
        ? await besideCanaries(sandbox, () => this.#attempt(attack))
        : { value: await this.#attempt(attack), harm: null };
      const missed = await whatAnHonestRunMisses(sandbox);
      const left = 'left' in attack.breaks ? await whatIsLeft(before, stayMs) : [];
      const after = { harm, left: missed === null ? left : [...left, missed] };
      // Even the honest run may have left something, where that is what has been taken away.
      isWhole = harm === null && after.left.length === 0 && !('left' in attack.breaks);
      return see(attack.breaks, value, after);
    } finally {
      clearTimeout(timer);
      if (!isWhole) await this.close();
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.remove();
  }

  /** What the missing layers do to a canary by themselves would be taken for the attack's doing. */
  async #mustBeFitForCanaries(sandbox: Sandbox): Promise<void> {
    const harm = await whatHarmsACanary(sandbox);
    if (harm === null) return;
    throw new Error(
      `without ${this.#without.join(', ')} a canary is harmed by nobody: name another sign in breaks. ${harm}`,
    );
  }

  async #attempt(attack: Attack) {
    const { sandbox, grading } = this.#open!;
    const request = {
      runtime,
      program: attack.program,
      ...(attack.limits ? { limits: attack.limits as Record<string, number> } : {}),
    };
    if (!attack.judged) return { result: await sandbox.run(request), verdict: 'none' as const };
    const profile = attack.profile ?? 'driven';
    return gradeProgram(sandbox, request, { profile, secret: someSecret, grading });
  }
}

/** Whether another run must go on beside it, to be harmed or found. */
function needsCompany({ breaks, needs }: Attack): boolean {
  return 'canary' in breaks || needs.includes('another-run');
}

function see(
  breaks: Expectation['breaks'],
  { result, verdict }: { result: RunResult; verdict: string },
  { harm, left }: { harm: string | null; left: string[] },
): Seen {
  const { outcome, error, stdout, stderr } = result;
  const saw = JSON.stringify({ outcome, error, verdict, harm, left, stdout, stderr });
  return { through: isThrough(), saw: saw.slice(0, 4_000) };

  function isThrough(): boolean {
    if ('says' in breaks) return (stdout + stderr).includes(breaks.says);
    if ('outcome' in breaks) return outcome === breaks.outcome;
    if ('error' in breaks) return error?.type === breaks.error;
    // A container that is lost takes with it whatever else is in it.
    if ('canary' in breaks) return harm !== null || outcome === 'infrastructure';
    if ('passes' in breaks) return verdict === 'pass';
    return left.length > 0;
  }
}
