/** What new exercises of the kinds `predict` and `order` begin as. */
import { exerciseHead, type ExerciseScaffold } from './scaffold-head.ts';

export function predictFile(scaffold: ExerciseScaffold): string {
  return `${exerciseHead('predict', scaffold)}prompt: What does this program print?
program: |
  from django.utils.text import slugify

  title = "Tea & Cake"
  print(slugify(title))
  print(title)
ask: choose
wrong:
  - output: |
      tea-&-cake
      Tea & Cake
    why: >
      \`slugify\` keeps letters, digits, hyphens and underscores. Any other sign is left out, and the
      spaces that then stand together become one hyphen.
  - output: |
      tea-cake
      tea-cake
    why: >
      A text in Python never changes. \`slugify\` gave a new one, and \`title\` still names the old.
hints:
  - A slug is made for addresses. Ask which signs may stand there.
  - Look at what happens to \`title\` itself, if anything does.
solution:
  - In the slug the letters are small, the sign \`&\` is left out, and one hyphen stands for the spaces.
  - The slug is a new text. The last line prints \`title\`, which is what it was.
`;
}

export function orderFile(scaffold: ExerciseScaffold): string {
  return `${exerciseHead('order', scaffold)}prompt: >
  The address may carry numbers: \`/?n=1&n=2\`. Put the lines in order so that the view answers with
  their sum. One line is left over.
program: |
  from django.http import JsonResponse


  def add(request):
      <<lines>>
lines: |
  numbers = request.GET.getlist("n")
  total = 0
  for number in numbers:
      total += int(number)
  return JsonResponse({"total": total})
distractors:
  - line: total += number
    why: >
      All that an address carries is text. A text cannot be added to a number, and the view raised a
      \`TypeError\`.
serve:
  /: add
drive: |
  some = await request("GET", "/?n=1&n=2&n=4")
  none = await request("GET", "/")
  observe("statuses", [some.status, none.status])
  observe("sums", [some.json, none.json] if some.status == none.status == 200 else [])
expect: |
  assert statuses == [200, 200]
  assert sums == [{"total": 7}, {"total": 0}]
hints:
  - A name must have a value before another line can use it.
  - Only what is to happen for each number stands deeper than the loop.
solution:
  - Whatever a line uses has to be there before it, so the numbers and the empty sum come first, in either order.
  - The loop adds each number, read as one by \`int\`. After the loop, and no deeper than it, stands the answer.
`;
}
