/** What a new exercise of the kind `recall` begins as. */
import { exerciseHead, titleFrom, type ExerciseScaffold } from './scaffold-head.ts';

export function recallFile(scaffold: ExerciseScaffold): string {
  const head = exerciseHead('recall', scaffold, titleFrom(scaffold.slug), 'review');
  return `${head}prompt: >
  Explain what a visitor gets when a view raises \`Http404\`, and what when it raises an exception that
  nobody expects.
program: |
  from django.http import Http404


  def missing(request):
      raise Http404("There is no such page.")


  def broken(request):
      return 1 / 0
serve:
  /missing: missing
  /broken: broken
drive: |
  missing = await request("GET", "/missing")
  broken = await request("GET", "/broken")
  observe("statuses", [missing.status, broken.status])
answer:
  - >
    Django's handler catches what a view raises. \`Http404\` stands for an answer: the page is not found,
    status 404.
  - >
    Any exception that stands for no answer is a fault of the site, and the visitor gets status 500.
rubric:
  - id: not-found
    text: "\`Http404\` becomes an answer with status 404."
    holds: statuses[0] == 404
  - id: server-error
    text: An exception that nobody expects becomes an answer with status 500.
    holds: statuses[1] == 500
  - id: handler
    text: It is Django's handler that turns exceptions into answers, and not the view.
`;
}
