import { describe, expect, it } from 'vitest';
import { draftBounds, dropDraft, findDraft, keepDraft } from './draft.ts';

/** A browser's storage, with room for so many characters. */
function storageOf(room = Number.POSITIVE_INFINITY): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

const text = { basis: '1/0', sources: { 'a.py': 'x = 1', 'b.py': '' } };

describe('a draft', () => {
  it('is found again under its key with what it was written on, for the same files only', () => {
    const storage = storageOf();
    keepDraft(storage, 'ex_1', text, 1);
    expect(findDraft(storage, 'ex_1', ['b.py', 'a.py'])).toEqual(text);
    expect(findDraft(storage, 'ex_1', ['a.py'])).toBeNull();
    expect(findDraft(storage, 'ex_1', ['a.py', 'c.py'])).toBeNull();
    expect(findDraft(storage, 'ex_2', ['a.py', 'b.py'])).toBeNull();
    dropDraft(storage, 'ex_1');
    expect(findDraft(storage, 'ex_1', ['a.py', 'b.py'])).toBeNull();
  });

  it.each(['', 'null', '7', '{"sources": 3}', '{"sources": {"a.py": 3, "b.py": ""}}', '{'])(
    'that something else has written over, with %j, is none',
    (other) => {
      const storage = storageOf();
      keepDraft(storage, 'ex_1', text, 1);
      storage.setItem(storage.key(0)!, other);
      expect(findDraft(storage, 'ex_1', ['a.py', 'b.py'])).toBeNull();
    },
  );

  it('makes room for itself: the oldest goes, and what is not ours stays', () => {
    const storage = storageOf();
    storage.setItem('other', 'x');
    for (let n = 0; n < draftBounds.drafts + 3; n += 1) {
      keepDraft(storage, `ex_${n}`, text, n === 0 ? 1000 : n);
    }
    expect(storage.length).toBe(draftBounds.drafts + 1);
    expect(storage.getItem('other')).toBe('x');
    const paths = Object.keys(text.sources);
    const isKept = [0, 1, 2, 3, 4].map((n) => findDraft(storage, `ex_${n}`, paths) !== null);
    expect(isKept).toEqual([true, false, false, false, true]);
  });

  it('that is too long is not kept, nor one for which there is no room; nothing fails', () => {
    const long = { basis: '', sources: { 'a.py': 'x'.repeat(draftBounds.characters) } };
    const [storage, small] = [storageOf(), storageOf(10)];
    keepDraft(storage, 'ex_1', long, 1);
    keepDraft(small, 'ex_1', text, 1);
    expect([storage.length, small.length]).toEqual([0, 0]);
  });
});
