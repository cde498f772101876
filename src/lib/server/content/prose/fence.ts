/** The first line of a fence, which says what stands in it. */
import { nearest, shown, type Wording } from '../finding.ts';

/** What a fence of prose may hold. */
export type FenceKind = 'run' | 'drive' | 'output' | 'compare' | 'verbatim';

const fenceNames: Record<string, FenceKind> = {
  'python run': 'run',
  'python drive': 'drive',
  output: 'output',
  'yaml compare': 'compare',
  text: 'verbatim',
  console: 'verbatim',
};

const fenceList = Object.keys(fenceNames)
  .map((name) => `\`${name}\``)
  .join(', ');

/** Options of `python run`; no other fence has any. */
export const runOptions = ['id', 'title', 'serve', 'file', 'raises'] as const;
export type RunOption = (typeof runOptions)[number];

export interface Fence {
  /** Null when it is none that prose knows. */
  kind: FenceKind | null;
  options: Partial<Record<RunOption, string>>;
  problems: Wording[];
}

/**
 * Reads what stands after the backticks of a fence.
 * @param lang - Its first word; null for a fence that says nothing.
 * @param meta - The rest of the line, or null.
 */
export function readFence(lang: string | null, meta: string | null): Fence {
  const fence: Fence = { kind: null, options: {}, problems: [] };
  const words = splitWords(meta ?? '');
  const said = [lang ?? '', ...words].filter((word) => word !== '');
  const name = said.slice(0, takesWord(lang) ? 2 : 1).join(' ');
  fence.kind = Object.hasOwn(fenceNames, name) ? fenceNames[name]! : null;
  if (fence.kind === null) {
    fence.problems.push(unknownFence(lang, said));
    return fence;
  }
  readOptions(fence, name, said.slice(name.split(' ').length));
  return fence;
}

/** Whether the second word belongs to the name: `python run`. */
function takesWord(lang: string | null): boolean {
  return Object.keys(fenceNames).some((name) => name.startsWith(`${lang} `));
}

function unknownFence(lang: string | null, said: string[]): Wording {
  if (lang === null) {
    return {
      expected: `a fence that says what it holds: ${fenceList}`,
      found: 'one that says nothing',
      fix: 'Write `text` after the backticks, or what it is.',
    };
  }
  if (lang === 'python' || lang === 'py') {
    return {
      expected: 'Python that is run: `python run id=...`, with its `python drive` after it',
      found: `\`${said.slice(0, 3).join(' ')}\`, which is not run`,
      fix: 'Make it a whole program and run it, or say it in words.',
    };
  }
  const meant =
    nearest(said.slice(0, 2).join(' '), Object.keys(fenceNames)) ??
    nearest(lang, Object.keys(fenceNames));
  return {
    expected: `one of ${fenceList}`,
    found: shown(said.slice(0, 2).join(' ')),
    fix: meant ? `Did you mean \`${meant}\`?` : 'Write `text` for what is shown as it is.',
  };
}

function readOptions(fence: Fence, name: string, words: string[]): void {
  for (const word of words) {
    const [, key, value] = /^([a-z]+)=(.*)$/.exec(word) ?? [];
    if (fence.kind !== 'run' || key === undefined || value === undefined) {
      fence.problems.push({
        expected:
          fence.kind === 'run'
            ? `options such as \`id=smallest\`: ${runOptions.join(', ')}`
            : `nothing after \`${name}\``,
        found: shown(word),
        fix:
          fence.kind === 'run' && words.some((each) => each.startsWith('title='))
            ? 'Put quotes round a title of several words: `title="One view"`.'
            : 'Take it out.',
      });
      continue;
    }
    if (!isRunOption(key)) {
      const meant = nearest(key, runOptions);
      fence.problems.push({
        expected: `one of the options ${runOptions.map((each) => `\`${each}\``).join(', ')}`,
        found: shown(key),
        fix: meant ? `Did you mean \`${meant}\`?` : 'Take it out.',
      });
      continue;
    }
    if (fence.options[key] !== undefined) {
      fence.problems.push({
        expected: `\`${key}\` once`,
        found: 'it a second time',
        fix: 'Keep one of the two.',
      });
      continue;
    }
    fence.options[key] = value;
  }
}

function isRunOption(key: string): key is RunOption {
  return (runOptions as readonly string[]).includes(key);
}

/** Words between spaces; double quotes keep spaces within a word and are taken off. */
function splitWords(meta: string): string[] {
  return [...meta.matchAll(/(?:"[^"]*"|[^\s"]|")+/g)].map(([word]) =>
    word.replace(/"([^"]*)"/g, '$1'),
  );
}

/**
 * Reads `PATH:VIEW`, several with commas.
 * @returns Null when one of them is none.
 */
export function readServe(value: string): Record<string, string> | null {
  const served: Record<string, string> = {};
  for (const each of value.split(',')) {
    const [, path, view] = /^(\/[^\s,]*):([A-Za-z_]\w*)$/.exec(each.trim()) ?? [];
    if (path === undefined || view === undefined) return null;
    served[path] = view;
  }
  return served;
}
