/** A catalogue with one lesson, in which programs are foretold and lines put in order. */
import { blanksPath, choicePath, codePath, goodFiles, lessonPath } from './lesson-on-disk.ts';

export const predictPath = `${lessonPath}/exercises/who-is-first.yaml`;
export const typedPath = `${lessonPath}/exercises/what-is-sent.yaml`;
export const orderPath = `${lessonPath}/exercises/sum-and-count.yaml`;
export const shortPath = `${lessonPath}/exercises/sum.yaml`;

/** Nothing is wrong in it. */
export function linesFiles(): Record<string, string> {
  const {
    [blanksPath]: _blanks,
    [choicePath]: _choice,
    [codePath]: _code,
    ...lesson
  } = goodFiles();
  return {
    ...lesson,
    [predictPath]: predict,
    [typedPath]: typed,
    [orderPath]: order,
    [shortPath]: short,
  };
}

const predict = `uid: ex_predict1
kind: predict
difficulty: easy
objective: wait
pool: try
title: Who is first
prompt: What does this print?
program: |
  import asyncio


  async def say(word, seconds):
      await asyncio.sleep(seconds)
      print(word)


  async def main():
      await asyncio.gather(say("slow", 0.2), say("quick", 0.01))


  asyncio.run(main())
wrong:
  - output: |
      slow
      quick
    why: Both wait at the same time.
  - output: quick
    why: Nothing is left out.
hints:
  - Both wait at once.
solution:
  - The shorter wait is over first.
`;

const typed = `uid: ex_predict2
kind: predict
difficulty: easy
objective: wait
pool: try
title: What is sent
prompt: What does the drive print?
program: |
  from django.http import HttpResponse


  def show(request):
      return HttpResponse("no", status=418)
serve:
  /: show
drive: |
  response = await request("GET", "/")
  print(response.status, response.text)
ask: type
wrong:
  - output: 200 no
    why: The view says another status.
hints:
  - Look at the status.
solution:
  - It is what the view says.
`;

const order = `uid: ex_order01
kind: order
difficulty: medium
objective: wait
pool: try
title: Sum and count
prompt: Put the lines in order.
program: |
  def sum_and_count(prices):
      <<lines>>


  prices = [1, 2, 4]
lines: |
  total = 0
  count = 0
  for price in prices:
      total += price
      count += 1
  return total, count
distractors:
  - line: count += price
    why: It counts prices, not how many.
  - line: return count, total
    why: It turns them round.
orders:
  - |
    count = 0
    total = 0
    for price in prices:
        count += 1
        total += price
    return total, count
drive: |
  observe("result", list(program.sum_and_count(program.prices)))
  observe("nothing", list(program.sum_and_count([])))
expect: |
  assert result == [7, 3]
  assert nothing == [0, 0]
hints:
  - Begin at nothing.
solution:
  - Each price adds to both.
`;

const short = `uid: ex_order02
kind: order
difficulty: easy
objective: wait
pool: try
title: Sum
prompt: Put the lines in order.
program: |
  def add_up(prices):
      <<lines>>
      return total
lines: |
  total = 0
  for price in prices:
      total += price
drive: |
  observe("result", program.add_up([1, 2]))
expect: |
  assert result == 3
hints:
  - Begin at nothing.
solution:
  - Each price adds to it.
`;
