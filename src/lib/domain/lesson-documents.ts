import { readingModes, type LessonDocument } from './document.ts';
import type { Lesson } from './exercise.ts';

/** The path of a file of a document's lesson, relative to the content root as the document's own. */
export function besideDocument({ file }: Pick<LessonDocument, 'file'>, name: string): string {
  const folder = file.replace(/(^|\/)(?:project\/.*|[^/]*)$/, '$1');
  return `${folder}${name}`;
}

/** A document's name as a title: `Deep dive`. */
export function documentTitle(name: string): string {
  const words = name.replaceAll('-', ' ');
  return (words[0]?.toUpperCase() ?? '') + words.slice(1);
}

/** The page of its lesson that shows a document: `learn`, `project`, `project/<step>`. */
export function pageOfDocument(name: string): string {
  if (readingModes.some((mode) => mode === name)) return name;
  return name === 'brief' ? 'project' : `project/${name}`;
}

/** All prose of a lesson: its reading modes, and what its project is told by. */
export function documentsOf({ documents, project }: Lesson): LessonDocument[] {
  const ofProject = project
    ? [project.brief, ...project.steps.map(({ instructions }) => instructions)]
    : [];
  return [...documents, ...ofProject];
}
