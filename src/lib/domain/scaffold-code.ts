/** What new exercises of the kinds `fix` and `write` begin as. */
import { exerciseHead, type ExerciseScaffold } from './scaffold-head.ts';

export function fixFile(scaffold: ExerciseScaffold): string {
  return `${exerciseHead('fix', scaffold)}prompt: >
  The address may carry numbers: \`/?n=1&n=2\`. The view should answer with their sum, and raises an
  error instead. Mend it.
program: |
  from django.http import JsonResponse


  def add(request):
      numbers = request.GET.getlist("n")
      return JsonResponse({"total": sum(numbers)})
answer: |
  from django.http import JsonResponse


  def add(request):
      numbers = request.GET.getlist("n")
      return JsonResponse({"total": sum(int(number) for number in numbers)})
alternatives:
  - |
    from django.http import JsonResponse


    def add(request):
        total = 0
        for number in request.GET.getlist("n"):
            total += int(number)
        return JsonResponse({"total": total})
serve:
  /: add
drive: |
  some = await request("GET", "/?n=1&n=2&n=2")
  none = await request("GET", "/")
  observe("statuses", [some.status, none.status])
  observe("totals", [some.json, none.json] if some.status == none.status == 200 else [])
expect: |
  assert statuses == [200, 200], "The view should answer with status 200."
  assert totals == [{"total": 5}, {"total": 0}], "The total should be the sum of all the numbers."
demo: |
  for address in ("/?n=1&n=2&n=2", "/"):
      response = await request("GET", address)
      print(address, response.status, response.text)
mistakes:
  - replace:
      - { find: "in numbers)", with: "in set(numbers))" }
    holds: "totals == [dict(total=3), dict(total=0)]"
    says: A set has each value once, so a number that was given twice was added once.
  - replace:
      - { find: "sum(int(number) for number in numbers)", with: 'sum(numbers, "")' }
    error: TypeError
    says: All that an address carries is text, and \`sum\` adds numbers. It refuses to add texts.
hints:
  - Ask of which type the values in \`numbers\` are.
  - An address is text, and so is each value in it. Python can make a number of it.
solution:
  - What \`getlist\` gives are texts, whatever they look like.
  - With \`int\` each becomes a number before \`sum\` adds them.
`;
}

export function writeFile(scaffold: ExerciseScaffold): string {
  return `${exerciseHead('write', scaffold)}prompt: >
  Write \`initials(name)\`, which gives the first letter of each word in a name, as capitals.
program: |
  def initials(name):
      """The initials of a name: of \`ada lovelace\` they are \`AL\`."""
answer: |
  def initials(name):
      """The initials of a name: of \`ada lovelace\` they are \`AL\`."""
      return "".join(word[0].upper() for word in name.split())
drive: |
  observe("found", [program.initials(given) for given in inputs])
expect: |
  assert found == reference.found, "Not every name was given its initials."
inputs: |
  import random

  names = ["ada", "alan", "barbara", "edsger", "grace"]
  observe("inputs", [" ".join(random.sample(names, words)) for words in (1, 2, 3)])
demo: |
  print(program.initials("ada lovelace"))
mistakes:
  - replace:
      - { find: ".upper()", with: "" }
    holds: "found == [each.lower() for each in reference.found]"
    says: These are the right letters, and they are small.
  - replace:
      - { find: '"".join(word[0].upper() for word in name.split())', with: "name[0].upper()" }
    holds: "found == [each[0] for each in reference.found]"
    says: Only the first word of the name was given a letter.
hints:
  - A text can be split into its words.
  - Take the first letter of each word, and join the letters.
solution:
  - Without an argument \`split\` gives the words, however many spaces stand between them.
  - Of each word the first letter is taken, as a capital, and \`join\` makes one text of them.
`;
}
