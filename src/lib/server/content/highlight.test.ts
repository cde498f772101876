import { expect, test } from 'vitest';
import { createHighlight } from './highlight.ts';

const highlight = await createHighlight();

test('a blank is a piece of its own and the code after it keeps its colours', () => {
  const [line] = highlight('user = await User.objects.<<1>>(username="ada")');
  expect(line).toContainEqual({ kind: 'blank', blank: 1 });
  expect(line).toContainEqual({ kind: 'text', text: '"ada"', className: 'tok-string' });
  expect(line).toContainEqual({ kind: 'text', text: 'await', className: 'tok-keyword' });
});

test('nothing of the source is lost or added', () => {
  const source =
    'from x import y\n\n\nasync def f(a, *, b=1):\n    """Doc\n    string."""\n    return [b"\\n", a << 2]';
  const text = highlight(source)
    .map((line) => line.map((piece) => (piece.kind === 'text' ? piece.text : '?')).join(''))
    .join('\n');
  expect(text).toBe(source);
});

test('a string over several lines is coloured to its end', () => {
  const lines = highlight('x = """one\ntwo"""\ny = 1');
  expect(lines[1]).toEqual([{ kind: 'text', text: 'two"""', className: 'tok-string' }]);
  expect(lines[2]).toContainEqual({ kind: 'text', text: '1', className: 'tok-number' });
});

test('the place of an option is a piece of its own, wherever it stands in a line', () => {
  const [line, other] = highlight('x = <<option>>\n<<option>>');
  expect(line).toContainEqual({ kind: 'option' });
  expect(other).toEqual([{ kind: 'option' }]);
});
