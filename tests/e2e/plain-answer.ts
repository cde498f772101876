/** Answers to exercises of every kind, laid out on a card without JavaScript. */
import type { Locator } from '@playwright/test';
import type { Exercise, ProgramFiles } from '#lib/domain/exercise.ts';

/** Lays out the right answer of an exercise, as its author declared it. */
export async function layRightAnswer(card: Locator, exercise: Exercise): Promise<void> {
  switch (exercise.kind) {
    case 'blanks':
      for (const [index, token] of (exercise.answers[0] ?? []).entries()) {
        await card.locator(`[name="blank-${index + 1}"]`).selectOption(token);
      }
      return;
    case 'choice':
      return card.locator(`input[value="${exercise.answers[0]}"]`).check();
    case 'predict': {
      // Nobody writes the key down: it is the output that is none of the wrong ones.
      const wrong = exercise.wrong.map(({ id }) => `:not([value="${id}"])`).join('');
      return card.locator(`input[name="option"]${wrong}`).check();
    }
    case 'order':
      for (const [index, { line, indent }] of (exercise.orders[0] ?? []).entries()) {
        await card.locator(`[name="line-${index + 1}"]`).selectOption(line);
        await card.locator(`[name="indent-${index + 1}"]`).selectOption(String(indent));
      }
      return;
    case 'fix':
    case 'write':
      return layFiles(card, exercise.answer);
    case 'recall':
      throw new Error('what one rates oneself has no right answer');
  }
}

/** Writes the text of each file of a program. */
export async function layFiles(card: Locator, files: ProgramFiles): Promise<void> {
  for (const [path, source] of Object.entries(files)) {
    await card.getByRole('textbox', { name: `Your program: ${path}` }).fill(source);
  }
}
