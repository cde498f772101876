import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
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

interface BrokenFile {
  what: string;
  path: string;
  from: string;
  to: string;
  /** A piece of the line that the finding must name, as it stands in the broken file. */
  at: string;
  found: RegExp;
  fix: RegExp;
  /** Whether the exercise can be run all the same, so that its author hears of that too. */
  runs?: boolean;
}

const broken: BrokenFile[] = [
  {
    what: 'a quote that is not closed',
    path: blanksPath,
    from: 'title: One row',
    to: 'title: "One row',
    at: 'title:',
    found: /quote/,
    fix: /quote/i,
  },
  {
    what: 'a tab for an indent',
    path: blanksPath,
    from: '  /: show',
    to: '\t/: show',
    at: '/: show',
    found: /tab/i,
    fix: /spaces/,
  },
  {
    what: 'a key given twice',
    path: blanksPath,
    from: 'pool: try',
    to: 'pool: try\npool: test',
    at: 'pool: test',
    found: /again/,
    fix: /one of the two/,
  },
  {
    what: 'an anchor and an alias',
    path: blanksPath,
    from: 'title: One row\nprompt: Read one row.',
    to: 'title: &t One row\nprompt: *t',
    at: 'prompt: *t',
    found: /alias/,
    fix: /Write the value out/,
  },
  {
    what: 'an unknown field',
    path: blanksPath,
    from: 'hints:',
    to: 'hint:',
    at: 'hint:',
    found: /`hint`/,
    fix: /`hints`/,
  },
  {
    what: 'a missing field',
    path: blanksPath,
    from: 'title: One row\n',
    to: '',
    at: 'uid:',
    found: /no such field/,
    fix: /`title: \.\.\.`/,
  },
  {
    what: 'a number where text belongs',
    path: blanksPath,
    from: 'bank: [get, aget, filter]',
    to: 'bank: [get, aget, filter, 5]',
    at: 'bank:',
    found: /number `5`/,
    fix: /`"5"`/,
  },
  {
    what: 'a difficulty that does not exist',
    path: blanksPath,
    from: 'difficulty: easy',
    to: 'difficulty: esay',
    at: 'difficulty:',
    found: /esay/,
    fix: /`easy`/,
  },
  {
    what: 'a kind that does not exist',
    path: blanksPath,
    from: 'kind: blanks',
    to: 'kind: blank',
    at: 'kind:',
    found: /`blank`/,
    fix: /`blanks`/,
  },
  {
    what: 'a uid of another form',
    path: blanksPath,
    from: 'uid: ex_blanks1',
    to: 'uid: exercise-1',
    at: 'uid:',
    found: /exercise-1/,
    fix: /Make up/,
  },
  {
    what: 'a uid that another exercise has',
    path: choicePath,
    from: 'uid: ex_choice1',
    to: 'uid: ex_blanks1',
    at: 'uid:',
    found: /read-one\.yaml:1/,
    fix: /another uid/,
  },
  {
    what: 'an objective that the lesson has not',
    path: blanksPath,
    from: 'objective: wait',
    to: 'objective: weight',
    at: 'objective:',
    found: /weight/,
    fix: /lesson\.yaml|Did you mean/,
    runs: true,
  },
  {
    what: 'blanks that are not numbered from 1',
    path: blanksPath,
    from: '<<1>>',
    to: '<<2>>',
    at: 'program:',
    found: /blanks 2/,
    fix: /from 1/,
  },
  {
    what: 'a program without blanks',
    path: blanksPath,
    from: 'User.objects.<<1>>(username="bo")',
    to: 'User.objects.afirst()',
    at: 'program:',
    found: /without blanks/,
    fix: /<<1>>/,
  },
  {
    what: 'an answer that the bank does not hold',
    path: blanksPath,
    from: 'answers: [[aget]]',
    to: 'answers: [[agt]]',
    at: 'answers:',
    found: /agt/,
    fix: /`aget`/,
  },
  {
    what: 'an answer with a token too many',
    path: blanksPath,
    from: 'answers: [[aget]]',
    to: 'answers: [[aget, get]]',
    at: 'answers:',
    found: /2/,
    fix: /one token for each blank/,
  },
  {
    what: 'no answer at all',
    path: blanksPath,
    from: 'answers: [[aget]]',
    to: 'answers: []',
    at: 'answers:',
    found: /list/,
    fix: /expected/,
  },
  {
    what: 'a token that stands in the bank twice',
    path: blanksPath,
    from: 'bank: [get, aget, filter]',
    to: 'bank: [get, aget, filter, get]',
    at: 'bank:',
    found: /`get` a second time/,
    fix: /Take one/,
  },
  {
    what: 'more fillings than can be run',
    path: blanksPath,
    from: 'User.objects.<<1>>(username="bo")',
    to: 'User.<<2>>.<<1>>(<<3>>, <<4>>, <<5>>, <<6>>)',
    at: 'bank:',
    found: /729/,
    fix: /fewer blanks/,
  },
  {
    what: 'a wrong filling of which nothing is said',
    path: blanksPath,
    from: '  - { blank: 1, token: get, says: It blocks. }\n',
    to: '',
    at: 'misconceptions:',
    found: /`get`/,
    fix: /Add entries/,
    runs: true,
  },
  {
    what: 'a misconception about the right answer',
    path: blanksPath,
    from: 'token: filter, says: It cannot be awaited. }',
    to: 'token: filter, says: It cannot be awaited. }\n  - { token: aget, says: Good. }',
    at: 'says: Good.',
    found: /declared right/,
    fix: /Take the misconception out/,
    runs: true,
  },
  {
    what: 'the right token in the program beside the blank',
    path: blanksPath,
    from: '      return JsonResponse({"name": user.username})',
    to: '      # aget reads one row\n      return JsonResponse({"name": user.username})',
    at: '# aget reads',
    found: /in the program/,
    fix: /give the answer away/,
    runs: true,
  },
  {
    what: 'the right token in the prompt',
    path: blanksPath,
    from: 'prompt: Read one row.',
    to: 'prompt: Read one row with `aget`.',
    at: 'prompt:',
    found: /in the prompt/,
    fix: /without naming/,
    runs: true,
  },
  {
    what: 'an option named by a letter',
    path: choicePath,
    from: '  - The loop goes on.',
    to: '  - The loop goes on, so Option B is wrong.',
    at: 'Option B',
    found: /Option B/,
    fix: /another order/,
    runs: true,
  },
  {
    what: 'prose in a flow list',
    path: blanksPath,
    from: 'hints:\n  - Look for the form that can be awaited.',
    to: 'hints: [Look, for the form that can be awaited.]',
    at: 'hints:',
    found: /flow list/,
    fix: /- /,
  },
  {
    what: 'a sentence in braces that a comma cuts',
    path: blanksPath,
    from: 'says: It blocks. }',
    to: 'says: It blocks, and is refused. }',
    at: 'It blocks',
    found: /and is refused/,
    fix: /quotes/,
  },
  {
    what: 'a colon in prose without quotes',
    path: blanksPath,
    from: '  - Look for the form that can be awaited.',
    to: '  - Look: it can be awaited.',
    at: '- Look:',
    found: /fields with values/,
    fix: /quotes/,
  },
  {
    what: 'a backtick that is not closed',
    path: blanksPath,
    from: 'It gives one row, and',
    to: 'It gives `one row, and',
    at: 'It gives',
    found: /odd number of backticks/,
    fix: /Close the code span/,
    runs: true,
  },
  {
    what: 'an option without a reason',
    path: choicePath,
    from: '    why: Three were open, not one.\n',
    to: '',
    at: '- id: apart',
    found: /no such field/,
    fix: /why/,
  },
  {
    what: 'an option with claim and code both',
    path: codePath,
    from: '    code: return number * 2',
    to: '    code: return number * 2\n    holds: result == 6',
    at: '- id: times',
    found: /both/,
    fix: /Keep/,
  },
  {
    what: 'claims and code mixed',
    path: codePath,
    from: '    code: return number * 2',
    to: '    holds: result == 6',
    at: 'options:',
    found: /1 of 2/,
    fix: /the same way/,
  },
  {
    what: 'code options and no place for them',
    path: codePath,
    from: '<<option>>',
    to: 'return 6',
    at: 'program:',
    found: /none/,
    fix: /<<option>>/,
  },
  {
    what: 'a place for code where the options are claims',
    path: choicePath,
    from: 'await asyncio.sleep(0.2)',
    to: '<<option>>',
    at: 'program:',
    found: /<<option>>/,
    fix: /Take it out/,
  },
  {
    what: 'an answer that is no option',
    path: choicePath,
    from: 'answers: [together]',
    to: 'answers: [togethr]',
    at: 'answers:',
    found: /togethr/,
    fix: /`together`/,
  },
  {
    what: 'two options of one id',
    path: choicePath,
    from: '- id: apart',
    to: '- id: together',
    at: 'text: They wait apart.',
    found: /a second time/,
    fix: /its own id/,
  },
  {
    what: 'an empty file',
    path: choicePath,
    from: good[choicePath]!,
    to: '',
    at: '',
    found: /empty file/,
    fix: /name: value/,
  },
];

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
