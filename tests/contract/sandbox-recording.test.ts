/** A recording beside an oracle that does not trace: the same program with notes written into its source. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asNotes, type Note, type Span } from './recording/compare.ts';
import { sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();
const folder = join(import.meta.dirname, 'recording');
const programs = (await readdir(join(folder, 'programs'))).map((name) => name.slice(0, -3));
const oracle = await readFile(join(folder, 'oracle.py'), 'utf8');
const sourceOf = (name: string) => readFile(join(folder, 'programs', `${name}.py`), 'utf8');

async function notesOf(source: string): Promise<{ output: string; notes: Note[]; spans: Span[] }> {
  const result = await under.run(oracle, { files: { 'source.txt': source } });
  const [output, data] = result.stdout.split('\x1e');
  if (data === undefined) throw new Error(`the oracle failed: ${result.stderr}`);
  return { output: output!, ...(JSON.parse(data) as { notes: Note[]; spans: Span[] }) };
}

describe('a recording', () => {
  it.each(programs)('of %s has what notes in the source tell', async (name) => {
    const source = await sourceOf(name);
    const { output, notes, spans } = await notesOf(source);
    const { recording, stdout } = await under.run(source, { record: 5000 });
    expect(recording?.cut).toBeNull();
    expect(asNotes(recording!, spans)).toEqual(notes);
    expect(notes.length).toBeGreaterThan(10);
    expect(stdout).toBe(output);
  });

  it.each(programs)('leaves %s as it is', async (name) => {
    const source = await sourceOf(name);
    const { recording: _, usage: __, ...recorded } = await under.run(source, { record: 5000 });
    const { usage: ___, ...plain } = await under.run(source);
    expect(recorded).toEqual(plain);
  });
});
