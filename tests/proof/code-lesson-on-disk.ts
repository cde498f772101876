/** A lesson whose exercises are answered with code: one to mend, one to write, and a project of two steps. */
import { goodFiles, lessonPath } from './lesson-on-disk.ts';

export const fixPath = `${lessonPath}/exercises/at-once.yaml`;
export const writePath = `${lessonPath}/exercises/longest.yaml`;
export const projectPath = `${lessonPath}/project`;
export const firstStep = `${projectPath}/1-greet`;
export const secondStep = `${projectPath}/2-many`;

/** A catalogue in which nothing is wrong. */
export function codeFiles(): Record<string, string> {
  const all = goodFiles();
  const lessonFile = `${lessonPath}/lesson.yaml`;
  const kept = ['web/track.yaml', 'web/async/unit.yaml', `${lessonPath}/fixture/rows.py`];
  return {
    ...Object.fromEntries(kept.map((path) => [path, all[path]!])),
    [lessonFile]: all[lessonFile]!.replace('  try: 5\n', '  try: 5\n  project: 10\n'),
    [fixPath]: fix,
    [writePath]: write,
    [`${projectPath}/project.yaml`]: project,
    [`${projectPath}/brief.md`]: 'A page that greets whoever comes.\n',
    [`${projectPath}/given/people.py`]: people,
    [`${projectPath}/start/pages.py`]: start,
    [`${projectPath}/start/words.py`]: words,
    [`${firstStep}/step.yaml`]: greetStep,
    [`${firstStep}/instructions.md`]: 'Let the page greet the first one.\n',
    [`${firstStep}/solution/pages.py`]: greetPages,
    [`${firstStep}/solution/words.py`]: greetWords,
    [`${secondStep}/step.yaml`]: manyStep,
    [`${secondStep}/instructions.md`]: 'Let the page `/all` greet everyone.\n',
    [`${secondStep}/solution/pages.py`]: manyPages,
    [`${secondStep}/solution/words.py`]: greetWords,
  };
}

const fix = `uid: ex_fix001
kind: fix
difficulty: easy
objective: wait
pool: challenge
title: Three sources
prompt: The page asks three sources one after another. Let it ask all of them at once.
program: |
  from django.http import JsonResponse

  from sources import ask


  async def page(request):
      answers = [await ask(name) for name in ("news", "rates", "sport")]
      return JsonResponse({"answers": answers})
answer: |
  from asyncio import gather

  from django.http import JsonResponse

  from sources import ask


  async def page(request):
      answers = await gather(ask("news"), ask("rates"), ask("sport"))
      return JsonResponse({"answers": answers})
alternatives:
  - |
    from asyncio import create_task

    from django.http import JsonResponse

    from sources import ask


    async def page(request):
        tasks = [create_task(ask(name)) for name in ("news", "rates", "sport")]
        return JsonResponse({"answers": [await task for task in tasks]})
given:
  sources.py: |
    import asyncio

    open_now = 0
    most_open = 0


    async def ask(name):
        global open_now, most_open
        open_now += 1
        most_open = max(most_open, open_now)
        await asyncio.sleep(0.05)
        open_now -= 1
        return name.upper()
serve:
  /: page
drive: |
  import sources

  response = await request("GET", "/")
  observe("status", response.status)
  observe("body", response.json if response.status == 200 else None)
  observe("at_once", sources.most_open)
expect: |
  assert status == 200, "The page should answer with status 200."
  assert body == {"answers": ["NEWS", "RATES", "SPORT"]}
  assert at_once == 3, "All three sources should be asked at once."
demo: |
  response = await request("GET", "/")
  print(response.status, response.text)
mistakes:
  - replace:
      - { find: "await gather(", with: "gather(" }
    error: TypeError
    says: Without \`await\` there is no answer yet, only something that will have one.
  - replace:
      - { find: 'gather(ask("news"), ask("rates"), ask("sport"))', with: 'gather(ask("news"), ask("rates"))' }
    holds: at_once == 2
    says: Two sources were asked, and not three.
hints:
  - One function of asyncio waits for several things.
solution:
  - It begins all of them, and waits for the last.
`;

const write = `uid: ex_write1
kind: write
difficulty: medium
objective: wait
pool: challenge
title: The longest word
prompt: Write \`longest(words)\`, which gives the longest of the words, and of several the first.
program: |
  def longest(words):
      raise NotImplementedError
answer: |
  def longest(words):
      return max(words, key=len)
drive: |
  observe("found", [program.longest(given) for given in inputs])
expect: |
  assert found == reference.found, f"{sum(a == b for a, b in zip(found, reference.found))} of {len(found)} were right."
inputs: |
  import random

  def word(length):
      return "".join(random.choice("abcdef") for _ in range(length))

  made = [[word(random.randint(1, 9)) for _ in range(6)] for _ in range(8)]
  twins = [word(3) + "x", word(3) + "y"]
  observe("inputs", [*made, twins, [word(2), *twins]])
demo: |
  print(program.longest(["a", "abc", "ab"]))
mistakes:
  - replace:
      - { find: "max(words, key=len)", with: "max(words)" }
    holds: any(len(a) < len(b) for a, b in zip(found, reference.found))
    says: Alone, \`max\` compares the words by the alphabet.
  - replace:
      - { find: "max(words, key=len)", with: "sorted(words, key=len)[-1]" }
    holds: all(len(a) == len(b) for a, b in zip(found, reference.found))
    says: Of several longest words this gives the last.
hints:
  - It can be said to \`max\` what to compare.
solution:
  - The key is the length.
`;

const project = `title: A page that greets
summary: It greets everyone who comes.
main: pages.py
`;

const people = `def everyone():
    return ["ada", "bo"]
`;

const start = `from django.http import JsonResponse

from words import greeting


async def first(request):
    return JsonResponse({})
`;

const words = `def greeting(name):
    """Says hello to someone."""
`;

const greetPages = `from django.http import JsonResponse

from people import everyone
from words import greeting


async def first(request):
    return JsonResponse({"greeting": greeting(everyone()[0])})
`;

const greetWords = `def greeting(name):
    """Says hello to someone."""
    return f"Hello, {name}"
`;

const greetStep = `uid: ex_step01
title: Greet the first
difficulty: easy
objective: wait
serve:
  /: first
drive: |
  response = await request("GET", "/")
  observe("status", response.status)
  observe("body", response.json if response.status == 200 else None)
expect: |
  assert status == 200, "The page should answer with status 200."
  assert body == {"greeting": "Hello, ada"}, "The page should greet ada."
demo: |
  print((await request("GET", "/")).text)
mistakes:
  - replace:
      - { find: "everyone()[0]", with: "everyone()" }
    holds: status == 200 and "[" in body["greeting"]
    says: It greets the list, and not the first in it.
  - replace:
      - { file: words.py, find: "return f", with: "f" }
    holds: status == 200 and body["greeting"] is None
    says: A function without \`return\` gives \`None\`.
hints:
  - The list of people has a first one.
solution:
  - Both files have a part in it.
`;

const manyPages = `from django.http import JsonResponse

from people import everyone
from words import greeting


async def first(request):
    return JsonResponse({"greeting": greeting(everyone()[0])})


async def all_of_them(request):
    return JsonResponse({"greetings": [greeting(name) for name in everyone()]})
`;

const manyStep = `uid: ex_step02
title: Greet everyone
difficulty: medium
objective: wait
serve:
  /all: all_of_them
drive: |
  response = await request("GET", "/all")
  observe("body", response.json if response.status == 200 else None)
expect: |
  assert body == {"greetings": ["Hello, ada", "Hello, bo"]}
demo: |
  print((await request("GET", "/all")).text)
mistakes:
  - replace:
      - { find: "[greeting(name) for name in everyone()]", with: "everyone()" }
    holds: list(body.values()) == [["ada", "bo"]]
    says: These are the names, and no greetings.
hints:
  - A list can be made of another.
solution:
  - Each one is greeted.
`;
