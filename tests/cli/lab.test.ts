import { expect, test } from 'vitest';
import type { LabResult } from '#lib/domain/lab.ts';
import { python } from '../contract/sandbox-under-test.ts';
import { assay } from './assay-command.ts';

const program = python`
  import os, urllib.request
  from django.http import HttpResponse

  def view(request):
      with urllib.request.urlopen(os.environ["UPSTREAM"]) as answer:
          return HttpResponse(answer.read())
`;
const small = ['lab', 'run', '-', '--server', 'wsgi', '--requests', '6', '--threads', '2'];

test('a load is told as one object for machines', async () => {
  const asked = [...small, '--at-once', '6', '--wait', '700', '--json'];
  const { code, stdout } = await assay(asked, { input: program });
  const result = JSON.parse(stdout) as LabResult;
  expect(result).toMatchObject({ outcome: 'finished', upstream: { count: 6, maxOpen: 2 } });
  expect(result.client.answered).toBe(6);
  expect(code).toBe(0);
});

test('a load is told to a person, who sees that an answer is missing by the exit code', async () => {
  const { code, stdout } = await assay(small, { input: 'def view(request): 1 / 0' });
  expect(stdout).toContain('finished: ZeroDivisionError: division by zero\nanswered   0 of 6');
  expect(code).toBe(1);
});

test.each([
  ['no server', ['lab', 'run', '-'], '--server: expected asgi or wsgi, found nothing'],
  ['no program', ['lab', '--server', 'asgi'], 'Name exactly one program'],
  ['a number beyond its bounds', [...small, '--workers', '9'], '--workers: expected a whole'],
  ['a view without a path', [...small, '--serve', 'view'], '--serve: expected /PATH=VIEW'],
])('%s is told with what to do, and nothing is run', async (_, args, says) => {
  const { code, stdout, stderr } = await assay(args, { input: program });
  expect(stderr).toContain(says);
  expect(stderr).toContain('What to do:');
  expect([code, stdout]).toEqual([2, '']);
});
