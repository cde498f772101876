import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { broken } from './broken-file-corpus.ts';
import {
  blanksPath,
  choicePath,
  clearDisk,
  codePath,
  edit,
  goodFiles,
  lessonPath,
  lineOf,
  onDisk,
} from './lesson-on-disk.ts';

afterEach(clearDisk);

const good = goodFiles();

describe('a broken file', () => {
  test('nothing is found in the catalogue that the others are made from', async () => {
    const { lessons, findings } = await loadCatalogue([await onDisk(goodFiles())]);
    expect(findings).toEqual([]);
    expect(lessons[0]!.exercises).toHaveLength(3);
  });

  test.each(broken)('with $what is found on its line, and hides nothing else', async (each) => {
    const files = goodFiles();
    files[each.path] = edit(files[each.path]!, each.from, each.to);
    const { lessons, findings } = await loadCatalogue([await onDisk(files)]);
    const line =
      each.what === 'two options of one id'
        ? lineOf(files[each.path]!, each.at) - 1
        : lineOf(files[each.path]!, each.at);
    const own = findings.find((finding) => each.found.test(finding.found) && finding.line === line);
    expect(own, JSON.stringify(findings, null, 1)).toBeDefined();
    expect(own).toMatchObject({ file: each.path, line });
    expect(own!.fix).toMatch(each.fix);
    expect(own!.expected).not.toBe('');
    expect(findings.every((finding) => finding.file === each.path)).toBe(true);
    expect(lessons[0]!.exercises).toHaveLength(each.runs ? 3 : 2);
  });

  test('two broken files are both reported, and each with all that is wrong in it', async () => {
    const files = goodFiles();
    files[blanksPath] = edit(
      edit(files[blanksPath]!, 'pool: try', 'pool: tyr'),
      'title: One row',
      'titel: One row',
    );
    files[choicePath] = edit(files[choicePath]!, 'kind: choice', 'kind: [');
    const { lessons, findings } = await loadCatalogue([await onDisk(files)]);
    const inBlanks = findings.filter((finding) => finding.file === blanksPath);
    expect(inBlanks.map((finding) => finding.found).join()).toMatch(/titel.*no such field|no such/);
    expect(inBlanks.length).toBeGreaterThanOrEqual(3);
    expect(findings.some((finding) => finding.file === choicePath)).toBe(true);
    expect(lessons[0]!.exercises.map((exercise) => exercise.uid)).toEqual(['ex_code01']);
  });
});

describe('a file that is no text of a lesson', () => {
  async function findingsWith(path: string, content: string | Buffer) {
    const root = await onDisk({ ...goodFiles(), [path]: content });
    return loadCatalogue([root]);
  }

  test('bytes that are not UTF-8 are reported on the line they stand on', async () => {
    const bytes = Buffer.concat([Buffer.from('uid: ex_latin1\ntitle: '), Buffer.from([0xe9, 10])]);
    const { findings } = await findingsWith(blanksPath, bytes);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ file: blanksPath, line: 2, fix: expect.any(String) });
    expect(findings[0]!.expected).toMatch(/UTF-8/);
  });

  test('ten megabytes are refused without being read', async () => {
    const { findings } = await findingsWith(blanksPath, Buffer.alloc(10 * 1024 * 1024, 'a: 1\n'));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.found).toMatch(/10240 KiB/);
  });

  test('brackets nested without end are refused', async () => {
    const { findings } = await findingsWith(blanksPath, '['.repeat(200_000));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.found).toMatch(/nested/);
  });

  test('a byte order mark and Windows line ends are no fault, and lines stay right', async () => {
    const text = '\uFEFF' + edit(good[blanksPath]!, 'pool: try', 'pool: tyr');
    const { findings } = await findingsWith(blanksPath, text.replaceAll('\n', '\r\n'));
    expect(findings).toHaveLength(1);
    expect(findings[0]!.line).toBe(lineOf(good[blanksPath]!, 'pool: try'));
  });

  test('a file in exercises that is no exercise is reported', async () => {
    const { findings, lessons } = await findingsWith(`${lessonPath}/exercises/two.yml`, 'a: 1');
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ file: `${lessonPath}/exercises/two.yml` });
    expect(findings[0]!.fix).toMatch(/\.yaml/);
    expect(lessons[0]!.exercises).toHaveLength(3);
  });

  test('two exercises of one name are reported, whatever numbers stand before it', async () => {
    const other = good[blanksPath]!.replace('ex_blanks1', 'ex_blanks2');
    const path = `${lessonPath}/exercises/07-read-one.yaml`;
    const { findings, lessons } = await findingsWith(path, other);
    expect(findings).toHaveLength(1);
    expect(findings[0]!.found).toMatch(/`read-one`, which .*read-one\.yaml has already/);
    expect(findings[0]!.fix).toMatch(/Rename/);
    expect(lessons[0]!.exercises).toHaveLength(3);
  });

  test('numbers before the names of exercises order them, and are no part of the name', async () => {
    const { [blanksPath]: first, [choicePath]: second, [codePath]: third, ...files } = goodFiles();
    const folder = `${lessonPath}/exercises`;
    files[`${folder}/10-first.yaml`] = first!;
    files[`${folder}/2-second.yaml`] = second!;
    files[`${folder}/aside.yaml`] = third!;
    const { findings, lessons } = await loadCatalogue([await onDisk(files)]);
    expect(findings).toEqual([]);
    expect(lessons[0]!.exercises.map(({ id }) => id)).toEqual(['second', 'first', 'aside']);
  });

  test('a folder whose name was mistyped does not vanish in silence', async () => {
    const { findings } = await findingsWith(`${lessonPath}/exercice/one.yaml`, 'a: 1');
    expect(findings).toHaveLength(1);
    expect(findings[0]!.found).toMatch(/exercice/);
  });

  test('a link out of the content root is refused, and one within it is not', async () => {
    const elsewhere = await onDisk({ 'secret.yaml': 'title: secret\n' });
    const root = await onDisk(goodFiles());
    await symlink(join(elsewhere, 'secret.yaml'), join(root, lessonPath, 'exercises/out.yaml'));
    await symlink('read-one.yaml', join(root, lessonPath, 'exercises/within.yaml'));
    const { findings } = await loadCatalogue([root]);
    expect(findings.map((finding) => [finding.file, finding.found.slice(0, 30)])).toEqual([
      [`${lessonPath}/exercises/out.yaml`, 'a symbolic link that leads out'],
      [`${lessonPath}/exercises/within.yaml`, expect.stringContaining('ex_blanks1')],
    ]);
  });

  test('a pipe does not hold the loader up', async () => {
    const root = await onDisk(goodFiles());
    execFileSync('/usr/bin/mkfifo', [join(root, lessonPath, 'exercises/pipe.yaml')]);
    const { findings } = await loadCatalogue([root]);
    expect(findings).toHaveLength(1);
    expect(findings[0]!.found).toMatch(/pipe/);
  });
});

describe('a broken lesson', () => {
  test('without lesson.yaml is reported, and so are the faults of its exercises', async () => {
    const { [`${lessonPath}/lesson.yaml`]: lesson, ...files } = goodFiles();
    files[blanksPath] = edit(files[blanksPath]!, 'pool: try', 'pool: tyr');
    files['web/async/02-other/lesson.yaml'] = lesson!;
    const { lessons, findings } = await loadCatalogue([await onDisk(files)]);
    expect(findings.map((finding) => finding.file)).toEqual([
      `${lessonPath}/lesson.yaml`,
      blanksPath,
    ]);
    expect(lessons.map((lesson) => lesson.id)).toEqual(['web/async/other']);
  });

  test('with a wrong runtime and an unknown mode has a finding for each', async () => {
    const files = goodFiles();
    const path = `${lessonPath}/lesson.yaml`;
    files[path] = edit(edit(files[path]!, 'django-5.2', 'Django'), '  try: 5', '  tries: 5');
    const { lessons, findings } = await loadCatalogue([await onDisk(files)]);
    expect(findings.map((finding) => finding.line)).toEqual([
      lineOf(files[path], 'runtime:'),
      lineOf(files[path], 'tries:'),
    ]);
    expect(lessons).toEqual([]);
  });

  test('a root that is not there is a finding', async () => {
    const { findings } = await loadCatalogue(['/nowhere/at/all']);
    expect(findings).toHaveLength(1);
    expect(findings[0]!.found).toMatch(/no such folder/);
  });

  test('an empty root is a finding', async () => {
    const { findings } = await loadCatalogue([await onDisk({ 'README.md': 'none\n' })]);
    expect(findings[0]!.found).toMatch(/no lesson/);
  });
});

describe('one lesson alone', () => {
  test('a lesson, a unit and a track of a catalogue are read with paths from its root', async () => {
    const root = await onDisk(goodFiles());
    await mkdir(join(root, 'web/other'));
    await writeFile(join(root, 'web/other/unit.yaml'), 'title: [');
    for (const [part, count] of [
      [lessonPath, 0],
      ['web/async', 0],
      ['web', 1],
    ] as const) {
      const { lessons, findings } = await loadCatalogue([join(root, part)]);
      expect(lessons.map((lesson) => lesson.id)).toEqual(['web/async/waiting']);
      expect(lessons[0]!.exercises[0]!.places['']!.file).toContain(lessonPath);
      expect(findings).toHaveLength(count);
    }
  });

  test('a folder that stands in no catalogue is read as one lesson', async () => {
    const alone = Object.fromEntries(
      Object.entries(goodFiles())
        .filter(([path]) => path.startsWith(lessonPath))
        .map(([path, text]) => [path.slice(lessonPath.length + 1), text]),
    );
    const { lessons, findings } = await loadCatalogue([await onDisk(alone)]);
    expect(findings).toEqual([]);
    expect(lessons[0]!.exercises.map((exercise) => exercise.places['']!.file)).toEqual([
      'exercises/read-one.yaml',
      'exercises/which-code.yaml',
      'exercises/who-waits.yaml',
    ]);
  });
});
