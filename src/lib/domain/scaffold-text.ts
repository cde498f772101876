/**
 * What new lessons and exercises begin as: each a whole small example that is proven as it stands, so that
 * its author changes something that works.
 */

import { kinds, type Kind } from './exercise.ts';
import { fixFile, writeFile } from './scaffold-code.ts';
import {
  exerciseHead,
  schemaLine,
  quoted,
  titleFrom,
  type ExerciseScaffold,
} from './scaffold-head.ts';
import { orderFile, predictFile } from './scaffold-lines.ts';
import { recallFile } from './scaffold-recall.ts';

/** What `assay new exercise` can make. */
export const scaffoldKinds = kinds;
export type ScaffoldKind = Kind;

/** What a file or folder of a catalogue may be called, but for the number in front. */
export const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A name without the number that orders it. */
export function withoutNumber(name: string): string {
  return name.replace(/^\d+-/, '');
}

/**
 * The number that a new name gets, with two digits and a hyphen.
 * @param names - What stands beside it.
 * @returns Empty where others stand and none has a number: then names order them.
 */
export function nextNumber(names: readonly string[]): string {
  const numbers = names.flatMap((name) => /^(\d+)-/.exec(name)?.[1] ?? []).map(Number);
  if (names.length > 0 && numbers.length === 0) return '';
  return `${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}-`;
}

/** A `track.yaml` or `unit.yaml`. */
export function titleFile(slug: string, schema: string | null): string {
  return `${schemaLine(schema)}title: ${quoted(titleFrom(slug))}\n`;
}

export function lessonFile(slug: string, runtime: string, schema: string | null): string {
  return `${schemaLine(schema)}title: ${quoted(titleFrom(slug))}
summary: >
  What a learner can do after this lesson, in a sentence or two.
objectives:
  - id: first
    text: What a learner who has reached this can do. Every exercise names one objective.
runtime: ${runtime}
minutes:
  try: 5
sources:
  - title: Django documentation
    version: "5.2"
    url: https://docs.djangoproject.com/en/5.2/
`;
}

/** The rows that every program of a new lesson finds. */
export const rowsFile = `"""The rows that every program of this lesson finds in the database."""

from django.contrib.auth.models import User

User.objects.create(username="ada", first_name="Ada")
`;

const files: Record<ScaffoldKind, (scaffold: ExerciseScaffold) => string> = {
  blanks: blanksFile,
  choice: choiceFile,
  predict: predictFile,
  order: orderFile,
  fix: fixFile,
  write: writeFile,
  recall: recallFile,
};

/** The text of a new exercise's file. */
export function exerciseFile(kind: ScaffoldKind, scaffold: ExerciseScaffold): string {
  return files[kind](scaffold);
}

function blanksFile(scaffold: ExerciseScaffold): string {
  // No right token may stand in the title.
  const title = /\bget\b/.test(titleFrom(scaffold.slug)) ? 'A new exercise' : undefined;
  return `${exerciseHead('blanks', scaffold, title)}prompt: >
  The address may carry a name: \`/?name=Ada\`. Fill the blank so that the view greets whoever is
  named, and a stranger when nobody is.
program: |
  from django.http import JsonResponse


  def greet(request):
      name = request.GET.<<1>>("name", "stranger")
      return JsonResponse({"greeting": f"Hello, {name}"})
serve:
  /: greet
drive: |
  named = await request("GET", "/?name=Ada")
  unnamed = await request("GET", "/")
  observe("statuses", [named.status, unnamed.status])
  observe("greetings", [named.json, unnamed.json] if named.status == 200 else [])
expect: |
  assert statuses == [200, 200]
  assert greetings == [{"greeting": "Hello, Ada"}, {"greeting": "Hello, stranger"}]
bank: [pop, get, getlist]
answers: [[get]]
misconceptions:
  - blank: 1
    token: pop
    says: >
      \`pop\` would take the name out of the query, and Django lets nobody change what a request
      brought: the \`QueryDict\` is immutable, and the view raised an error.
  - blank: 1
    token: getlist
    says: >
      \`getlist\` gives every value of that name, as a list. The view greeted the list, brackets and
      all.
hints:
  - The query is read like a dictionary that may lack the key.
  - One of the three reads a single value and takes what to give instead as its second argument.
solution:
  - The query of the address is in \`request.GET\`, a dictionary that cannot be changed.
  - Its \`get\` gives the one value of a name, and its second argument when the name is not there.
`;
}

function choiceFile(scaffold: ExerciseScaffold): string {
  return `${exerciseHead('choice', scaffold)}prompt: A browser asks for \`/\`, which this view answers. What does it get?
program: |
  from django.http import Http404


  def show(request):
      raise Http404("There is no such page.")
serve:
  /: show
drive: |
  response = await request("GET", "/")
  observe("status", response.status)
options:
  - id: not-found
    text: A page with status 404.
    holds: status == 404
    why: The status was 404. Django turns \`Http404\` into the answer that the exception is named for.
  - id: server-error
    text: A page with status 500, because the view raised an exception.
    holds: status == 500
    why: >
      The status was 404, not 500. Django answers with 500 when an exception is a surprise;
      \`Http404\` is not.
  - id: empty
    text: An empty page with status 200, because the view returned nothing.
    holds: status == 200
    why: The status was 404, not 200. A view that raises never comes to the point of returning.
answers: [not-found]
hints:
  - An exception is what ends a view here. Ask who catches it.
  - Django knows this exception, and its name says which answer it stands for.
solution:
  - A view may end with an exception instead of a response; Django's handler catches it.
  - The exception \`Http404\` means that nothing was found, so the handler answers with status 404.
`;
}
