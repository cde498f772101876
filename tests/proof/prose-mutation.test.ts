/**
 * Each output that the documents of our lessons show is changed, and each of their measurements turned round,
 * one at a time: every one of them is refuted, at its line.
 */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompareBlock, DocumentBlock, LessonDocument } from '../../src/lib/domain/document.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { proveLesson } from '../../src/lib/server/proof/prove-catalogue.ts';
import { clearDisk, onDisk } from './lesson-on-disk.ts';
import { proseFiles } from './prose-on-disk.ts';
import { memoryKeeper, openBench, ourContent } from './real-bench.ts';

let bench: Awaited<ReturnType<typeof openBench>>;
let root: string;
const keeper = memoryKeeper();

beforeAll(async () => {
  bench = await openBench();
  root = await onDisk(proseFiles());
  await cp(ourContent, root, { recursive: true });
});
afterAll(async () => {
  await bench?.close();
  await clearDisk();
});

/** The file with another line in the place of one of its lines, 1-based. */
function withLine(text: string, line: number, change: (old: string) => string): string {
  const lines = text.split('\n');
  lines[line - 1] = change(lines[line - 1]!);
  return lines.join('\n');
}

/** A false statement: the text that makes it, and the lines at one of which it is to be found. */
function falseStatements(block: DocumentBlock, text: string): { text: string; lines: number[] }[] {
  if (block.kind === 'program' && block.output !== '') {
    const { line } = block.places.output;
    return [{ text: withLine(text, line, (old) => `${old} 0`), lines: [line] }];
  }
  return block.kind === 'compare' ? [turnedRound(block, text)] : [];
}

function turnedRound({ places }: CompareBlock, text: string) {
  const [before, after] = [places['before.file']!.line, places['after.file']!.line];
  const files = [before, after].map(
    (line) => /programs\/[\w-]+\.py/.exec(text.split('\n')[line - 1]!)![0],
  );
  const half = withLine(text, before, (old) => old.replace(files[0]!, files[1]!));
  const names = ['before_holds', 'after_holds', 'ratio', 'drive'];
  return {
    text: withLine(half, after, (old) => old.replace(files[1]!, files[0]!)),
    lines: names.flatMap((name) => places[name]?.line ?? []),
  };
}

/** The proof of one document alone; of the lesson, nothing else is run. */
async function prove(lessonId: string, name: string) {
  const { lessons } = await loadCatalogue([root]);
  const lesson = lessons.find(({ id }) => id === lessonId)!;
  const documents = lesson.documents.filter((document) => document.name === name);
  const others = { exercises: [], project: null, visualize: null, lab: null };
  const alone = { ...lesson, ...others, documents };
  return (await proveLesson(alone, { ...bench, keeper })).documents[0]!;
}

test(
  'every false output and every measurement turned round is refuted',
  { timeout: 900_000 },
  async () => {
    const { lessons } = await loadCatalogue([root]);
    const all = lessons.flatMap(({ id, documents }) =>
      documents.map((document): [string, LessonDocument] => [id, document]),
    );
    const missed: string[] = [];
    let flips = 0;
    for (const [lesson, document] of all) {
      const path = join(root, document.file);
      const text = await readFile(path, 'utf8');
      expect((await prove(lesson, document.name)).findings).toEqual([]);
      for (const block of document.blocks) {
        for (const changed of falseStatements(block, text)) {
          flips++;
          await writeFile(path, changed.text);
          const { status, findings } = await prove(lesson, document.name);
          const isAtLine = findings.some(
            ({ file, line }) => file === document.file && changed.lines.includes(line),
          );
          if (status !== 'refuted' || !isAtLine) {
            missed.push(`${document.file} ${changed.lines}: ${JSON.stringify(findings)}`);
          }
        }
      }
      await writeFile(path, text);
    }
    expect(missed).toEqual([]);
    expect(flips).toBeGreaterThanOrEqual(4);
  },
);
