/** Reads content roots into lessons, with everything that is wrong in them. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Exercise, Lesson } from '#lib/domain/exercise.ts';
import { readFields } from './fields.ts';
import { listFolder, readText, shownPath, type Entry, type Root } from './files.ts';
import type { LoadFinding } from './finding.ts';
import { readLesson, slugOf, type LessonRead } from './read-lesson.ts';
import { trackSchema, unitSchema } from './schema.ts';
import { parseSource, placeOf } from './source.ts';

export interface LoadedCatalogue {
  /** Lessons whose lesson.yaml is right, with those of their exercises that can be run. */
  lessons: Lesson[];
  /** All that is wrong, in the order in which it was met. Empty: nothing is. */
  findings: LoadFinding[];
}

/** A place in a catalogue: its root, and the folders of track, unit and lesson below it. */
interface Location {
  root: string;
  track: string | null;
  unit: string | null;
  lesson: string | null;
}

/**
 * Reads catalogues.
 * @param roots - Folders: content roots; or a track, a unit or a lesson of one, to read that alone.
 *   A lesson's folder that stands in no unit is read as a catalogue of one lesson.
 * @returns Findings name files relative to their content root. Never rejects for bad content.
 */
export async function loadCatalogue(roots: string[]): Promise<LoadedCatalogue> {
  const reads: LessonRead[] = [];
  const findings: LoadFinding[] = [];
  for (const given of roots) {
    const location = await locate(resolve(given));
    if (location === null) {
      findings.push({
        file: given,
        line: 1,
        expected: 'a folder with lessons',
        found: 'no such folder, or no permission to read it',
        fix: 'Give the path of a content root, or of one lesson.',
      });
      continue;
    }
    const root: Root = { path: location.root, findings: [] };
    const found = await readRoot(root, location);
    if (found.length === 0 && root.findings.length === 0) root.findings.push(noLessons(given));
    findings.push(...root.findings);
    reads.push(...found);
  }
  refuseRepeats(reads);
  return {
    lessons: reads.map((read) => read.lesson).filter((lesson) => lesson !== null),
    findings: [...findings, ...reads.flatMap((read) => read.findings)],
  };
}

function noLessons(file: string): LoadFinding {
  return {
    file,
    line: 1,
    expected: 'a folder with lessons: <track>/<unit>/<lesson>/lesson.yaml',
    found: 'no lesson in it',
    fix: 'Give the path of a content root, or of one lesson.',
  };
}

/** Finds out which level of a catalogue a folder is, by the files that mark the levels. */
async function locate(given: string): Promise<Location | null> {
  let path: string;
  try {
    path = await realpath(given);
    if (!(await stat(path)).isDirectory()) return null;
  } catch {
    return null;
  }
  const up = (levels: number) => Array.from({ length: levels }).reduce<string>(dirname, path);
  if (await isFile(join(path, 'lesson.yaml'))) {
    const inUnit =
      (await isFile(join(up(1), 'unit.yaml'))) && (await isFile(join(up(2), 'track.yaml')));
    return inUnit
      ? { root: up(3), track: up(2), unit: up(1), lesson: path }
      : { root: path, track: null, unit: null, lesson: path };
  }
  if (
    (await isFile(join(path, 'unit.yaml'))) &&
    (await isFile(join(up(1), 'track.yaml')))
  ) {
    return { root: up(2), track: up(1), unit: path, lesson: null };
  }
  if (await isFile(join(path, 'track.yaml'))) {
    return { root: up(1), track: path, unit: null, lesson: null };
  }
  return { root: path, track: null, unit: null, lesson: null };
}

async function readRoot(root: Root, location: Location): Promise<LessonRead[]> {
  if (location.lesson !== null && location.unit === null) {
    const alone = { slug: 'local', title: 'Local' };
    const slug = slugOf(basename(location.lesson));
    return [await readLesson(root, { track: alone, unit: alone, slug, folder: location.lesson })];
  }
  const reads: LessonRead[] = [];
  for (const track of chosen(await listFolder(root, root.path), location.track)) {
    const inTrack = await readLevel(root, track, 'track', 'unit.yaml');
    for (const unit of chosen(inTrack.entries, location.unit)) {
      const inUnit = await readLevel(root, unit, 'unit', 'lesson.yaml');
      for (const lesson of chosen(inUnit.entries, location.lesson)) {
        checkSlug(root, lesson);
        reads.push(
          await readLesson(root, {
            track: { slug: slugOf(track.name), title: inTrack.title },
            unit: { slug: slugOf(unit.name), title: inUnit.title },
            slug: slugOf(lesson.name),
            folder: lesson.path,
          }),
        );
      }
    }
  }
  return reads;
}

/** The folders among entries; only the wanted one, when one is wanted. */
function chosen(entries: Entry[], wanted: string | null): Entry[] {
  return entries.filter(
    (entry) => entry.kind === 'folder' && (wanted === null || entry.path === wanted),
  );
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

function checkSlug(root: Root, entry: Entry): void {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(entry.name)) return;
  root.findings.push({
    file: shownPath(root, entry.path),
    line: 1,
    expected: 'a folder name of small letters, digits and single hyphens',
    found: `\`${entry.name}\``,
    fix: 'Rename the folder; the name becomes part of an address.',
  });
}

/**
 * A track's or unit's folder: its title, and what is in it. Without its own file the folder's name
 * stands for the title; when no folder in it carries the mark of the next level either, it is no
 * part of a catalogue and nothing in it is looked at.
 */
async function readLevel(
  root: Root,
  folder: Entry,
  level: 'track' | 'unit',
  nextMark: string,
): Promise<{ title: string; entries: Entry[] }> {
  const path = join(folder.path, `${level}.yaml`);
  const byName = slugOf(folder.name);
  const entries = await listFolder(root, folder.path);
  if (!entries.some((entry) => entry.path === path && entry.kind === 'file')) {
    root.findings.push({
      file: shownPath(root, path),
      line: 1,
      expected: `a file \`${level}.yaml\` with the ${level}'s title`,
      found: 'no such file',
      fix: `Add it: \`title: ...\`. If the folder is no ${level}, move it out of the catalogue.`,
    });
    const marks = await Promise.all(entries.map((entry) => isFile(join(entry.path, nextMark))));
    return { title: byName, entries: marks.includes(true) ? entries : [] };
  }
  checkSlug(root, folder);
  const text = await readText(root, path);
  if (text === null) return { title: byName, entries };
  const source = parseSource(shownPath(root, path), text);
  const schema = level === 'track' ? trackSchema : unitSchema;
  const fields = source.value === undefined ? {} : readFields(source, schema);
  root.findings.push(...source.findings);
  return { title: fields.title ?? byName, entries };
}

/** The second lesson of one address, and the second exercise of one uid, are reported and left out. */
function refuseRepeats(reads: LessonRead[]): void {
  const lessons = new Map<string, string>();
  const uids = new Map<string, string>();
  for (const read of reads) {
    const lesson = read.lesson;
    if (lesson) {
      const first = lessons.get(lesson.id);
      if (first !== undefined) {
        read.findings.push(repeatedLesson(lesson, first));
        read.lesson = null;
      } else lessons.set(lesson.id, lesson.folder);
    }
    for (const exercise of read.exercises) {
      if (exercise.uid === '') continue;
      const place = placeOf(exercise.source, 'uid');
      const first = uids.get(exercise.uid);
      if (first === undefined) {
        uids.set(exercise.uid, `${place.file}:${place.line}`);
        continue;
      }
      read.findings.push({
        ...place,
        expected: 'a uid that no other exercise has',
        found: `\`${exercise.uid}\`, which ${first} has already`,
        fix: 'Give the newer of the two another uid.',
        lesson: read.id,
        ...(exercise.kind
          ? { exercise: { uid: exercise.uid, id: exercise.id, kind: exercise.kind } }
          : {}),
      });
      if (lesson) leaveOut(lesson, exercise.exercise);
    }
  }
}

/** A project that lacks a step is none. */
function leaveOut(lesson: Lesson, exercise: Exercise | null): void {
  lesson.exercises = lesson.exercises.filter((each) => each !== exercise);
  if (lesson.project?.steps.some((step) => step.exercise === exercise)) lesson.project = null;
}

function repeatedLesson(lesson: Lesson, first: string): LoadFinding {
  return {
    file: `${basename(lesson.folder)}/lesson.yaml`,
    line: 1,
    expected: 'one lesson of an address',
    found: `\`${lesson.id}\`, which ${first} is already`,
    fix: 'Rename the folder of one of the two.',
    lesson: lesson.id,
  };
}
