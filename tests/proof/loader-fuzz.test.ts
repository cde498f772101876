import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { codeFiles, fixPath, secondStep, writePath } from './code-lesson-on-disk.ts';
import {
  blanksPath,
  choicePath,
  clearDisk,
  codePath,
  goodFiles,
  lessonPath,
  onDisk,
} from './lesson-on-disk.ts';
import { linesFiles, orderPath, predictPath } from './lines-on-disk.ts';

afterEach(clearDisk);

const files = { ...linesFiles(), ...goodFiles(), ...codeFiles() };
const exercises = Object.keys(files).filter((path) =>
  /\/exercises\/|\/step\.yaml$/.test(path),
).length;

const pieces = [
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '|',
  '>',
  '&a',
  '*a',
  '!x',
  '\t',
  '<<1>>',
  '<<lines>>',
  '    ',
];
const more = [
  'null',
  '~',
  '- - -',
  '? ',
  '---\n',
  '...',
  '\n',
  '  ',
  '0x1',
  '__proto__: 1',
  '%',
  '\0',
];

test('however a file is spoilt, the others load and every finding is whole', async () => {
  const root = await onDisk(files);
  const paths = [
    ...[blanksPath, choicePath, codePath, predictPath, orderPath],
    ...[fixPath, writePath, `${secondStep}/step.yaml`],
    `${lessonPath}/lesson.yaml`,
  ];
  const spoilt = fc.record({
    path: fc.constantFrom(...paths),
    at: fc.nat(),
    remove: fc.nat({ max: 40 }),
    insert: fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(spoilt, async ({ path, at, remove, insert }) => {
      const text = files[path]!;
      const start = at % text.length;
      const changed = text.slice(0, start) + insert.join('') + text.slice(start + remove);
      await writeFile(join(root, path), changed);
      const { lessons, findings } = await loadCatalogue([root]);
      await writeFile(join(root, path), text);
      for (const finding of findings) {
        expect(finding.file).not.toBe('');
        expect(finding.line).toBeGreaterThanOrEqual(1);
        expect(finding.line).toBeLessThanOrEqual(changed.split('\n').length + 1);
        for (const word of [finding.expected, finding.found, finding.fix]) {
          expect(word).toMatch(/\S/);
          expect(word).not.toMatch(/undefined|\[object|at .*\.ts:/);
        }
      }
      if (path.endsWith('lesson.yaml')) return;
      expect(lessons[0]!.exercises.length).toBeGreaterThanOrEqual(exercises - 1);
      if (lessons[0]!.exercises.length < exercises) expect(findings).not.toHaveLength(0);
    }),
    { numRuns: 500 },
  );
});
