import { expect, test, type Locator, type Page } from '@playwright/test';
import { openKinds, rightLines, type OrderCard } from './kinds-page.ts';
import { middle } from './try-page.ts';

type Point = { x: number; y: number };

async function placeRight(order: OrderCard): Promise<void> {
  for (const line of rightLines) await order.inBank(line).click();
}

test.describe('pressing', () => {
  test('puts lines one below the other, as deep as an editor would, and the buttons do the rest', async ({
    page,
  }) => {
    const { order } = await openKinds(page);
    await placeRight(order);
    await order.stands(
      'result = 0',
      'for number in numbers:',
      '    result += number',
      '    return result',
    );
    await expect(order.said()).toHaveText('Line 4 of 4, indent 1. Arrow keys move it.');
    await order.tool('Indent less').click();
    await order.stands(...rightLines.map((line) => (line.includes('+=') ? `    ${line}` : line)));
    await order.check().click();
    await expect(order.verdict('Right')).toBeFocused();
    await expect(order.root.getByRole('table')).toHaveCount(0);
  });

  test('on a line below which the next one shall come puts it there', async ({ page }) => {
    const { order } = await openKinds(page);
    await order.inBank('result = 0').click();
    await order.inBank('return result').click();
    await order.placed('result = 0').click();
    await order.inBank('for number in numbers:').click();
    await order.stands('result = 0', 'for number in numbers:', 'return result');
    await order.tool('Move up').click();
    await order.stands('for number in numbers:', 'result = 0', 'return result');
    await order.tool('Remove').click();
    await order.stands('result = 0', 'return result');
    await expect(order.inBank('for number in numbers:')).toBeFocused();
  });

  test('says the same thing again, for those who do not see it', async ({ page }) => {
    const { order } = await openKinds(page);
    await order.said().evaluate((node) => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      new MutationObserver(() => heard.push(node.textContent ?? '')).observe(node, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    });
    const heard = () =>
      page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.filter(Boolean));
    await order.check().click();
    await expect.poll(heard).toHaveLength(1);
    await order.check().click();
    await expect.poll(heard).toHaveLength(2);
    const [first, second] = await heard();
    expect(second).toBe(first);
  });

  test('says what to do when every place is taken, and when one is left', async ({ page }) => {
    const { order } = await openKinds(page);
    await order.inBank('result = number').click();
    await order.check().click();
    await expect(order.said()).toContainText('3 places are empty. Put a line there');
    await expect(order.root.getByRole('button', { name: rightLines[0]! }).first()).toBeVisible();
    for (const line of rightLines.slice(0, 3)) await order.inBank(line).click();
    await order.inBank('return result').click();
    await expect(order.said()).toHaveText('All 4 places are taken. Remove a line first.');
    await expect(order.inBank('return result')).toBeVisible();
  });
});

test('Escape elsewhere on the page, or after an answer, leaves lines and focus as they are', async ({
  page,
}) => {
  const { order, type } = await openKinds(page);
  await placeRight(order);
  const elsewhere = type.root.getByRole('textbox', { name: 'What does it print?' });
  await elsewhere.focus();
  await page.keyboard.press('Escape');
  await expect(elsewhere).toBeFocused();
  await order.stands(...rightLines.slice(0, 2), `    ${rightLines[2]}`, `    ${rightLines[3]}`);

  await order.fail();
  await order.placed('result = 0').focus();
  await page.keyboard.press('Escape');
  await order.stands(...rightLines.slice(0, 2), `    ${rightLines[2]}`, `    ${rightLines[3]}`);
});

test('the keyboard alone puts the lines in order', async ({ page }) => {
  const { order } = await openKinds(page);
  await order.inBank('return result').focus();
  await page.keyboard.press('Enter');
  await expect(order.placed('return result')).toBeFocused();
  await order.inBank('result = 0').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(order.said()).toHaveText('Line 1 of 4, indent 0.');
  await expect(order.placed('result = 0')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(order.said()).toHaveText('Line 1 of 4, indent 0. Let go.');

  await page.keyboard.press('ArrowDown');
  await expect(order.placed('return result')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await order.stands('    return result', 'result = 0');
  await page.keyboard.press('Escape');
  await order.stands('result = 0', 'return result');
  await expect(order.said()).toHaveText('Nothing is picked. The lines stand as before.');

  await order.inBank('result += number').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await order.stands('result = 0', 'return result');
  await expect(order.inBank('result += number')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await order.stands('result = 0', 'return result');

  await order.placed('result = 0').focus();
  await page.keyboard.press('Enter');
  await order.inBank('for number in numbers:').focus();
  await page.keyboard.press('Enter');
  await order.inBank('result += number').focus();
  await page.keyboard.press('Enter');
  await order.stands(
    'result = 0',
    'for number in numbers:',
    '    result += number',
    'return result',
  );
  for (let steps = 0; steps < 12; steps += 1) {
    if (await order.check().evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(order.verdict('Right')).toBeFocused();
});

/** Brings program and bank into the window, so that nothing scrolls while points are looked up. */
async function showBoard(order: OrderCard): Promise<void> {
  const board = order.root.getByRole('group', { name: 'Program and lines' });
  await board.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
}

/** The middle of an element, without scrolling to it. */
async function centre(element: Locator): Promise<Point> {
  const box = await element.boundingBox();
  if (!box) throw new Error('The element has no box.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where to let go of a line so that it comes before another one, or behind all, so deep. */
async function between(order: OrderCard, before: string | null, indent: number): Promise<Point> {
  const area = order.root.locator('[data-area]');
  const ruler = await area.locator('[data-edge]').boundingBox();
  const box = before
    ? await order.placed(before).boundingBox()
    : await area.getByRole('listitem').last().boundingBox();
  if (!ruler || !box) throw new Error('The place has no box.');
  return { x: ruler.x + indent * ruler.width + 4, y: before ? box.y + 4 : box.y + box.height - 4 };
}

/** The left end of a line, by which it is taken: how deep it goes depends on that end. */
async function leftEnd(line: Locator): Promise<Point> {
  const box = await line.boundingBox();
  if (!box) throw new Error('The line has no box.');
  return { x: box.x + 4, y: box.y + box.height / 2 };
}

test.describe('dragging with the mouse', () => {
  test.use({ viewport: { width: 1280, height: 1000 } });

  async function drag(page: Page, from: Point, to: Point): Promise<void> {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
  }

  test('puts a line where it is dropped, and as deep', async ({ page }) => {
    const { order } = await openKinds(page);
    await order.inBank('result = 0').click();
    await showBoard(order);
    const from = await leftEnd(order.inBank('return result'));
    await drag(page, from, await between(order, null, 2));
    await order.stands('result = 0', '        return result');
    await expect(order.said()).toHaveText('Line 2 of 4, indent 2.');
    await drag(
      page,
      await leftEnd(order.placed('return result')),
      await between(order, 'result = 0', 0),
    );
    await order.stands('return result', 'result = 0');
  });

  test('takes a line back to the bank, and changes nothing when dropped elsewhere', async ({
    page,
  }) => {
    const { order } = await openKinds(page);
    await order.inBank('result = 0').click();
    await showBoard(order);
    const away = await centre(order.tool('Remove'));
    await drag(page, await leftEnd(order.placed('result = 0')), { ...away, y: away.y + 4 });
    await order.stands('result = 0');
    await drag(
      page,
      await leftEnd(order.placed('result = 0')),
      await centre(order.inBank('return result')),
    );
    await order.stands();
  });

  test('lets go at Escape', async ({ page }) => {
    const { order } = await openKinds(page);
    await showBoard(order);
    const from = await leftEnd(order.inBank('result = 0'));
    const to = await between(order, null, 1);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await order.stands();
  });
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  async function drag(page: Page, from: Point, to: Point, steps = 8): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await touch('touchStart', [from]);
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      const x = from.x + (to.x - from.x) * part;
      const y = from.y + (to.y - from.y) * part;
      await touch('touchMove', [{ x, y }]);
    }
    await touch('touchEnd', []);
  }

  test('taps alone put the lines in order', async ({ page }) => {
    const { order } = await openKinds(page);
    for (const line of rightLines) await order.inBank(line).tap();
    await order.tool('Indent less').tap();
    await order.check().tap();
    await expect(order.verdict('Right')).toBeVisible();
  });

  test('drags a line by its grip', async ({ page }) => {
    const { order } = await openKinds(page);
    await showBoard(order);
    const line = order.inBank('result = 0');
    await drag(page, await leftEnd(line), await between(order, null, 1));
    await order.stands('    result = 0');
  });

  test('scrolls the page from the text of a line', async ({ page }) => {
    const { order } = await openKinds(page);
    const line = order.inBank('for number in numbers:');
    const from = await middle(line);
    const before = await page.evaluate(() => scrollY);
    await drag(page, from, { x: from.x, y: from.y - 200 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
    await order.stands();
  });

  test('finds lines and buttons of at least 44 by 44 pixels', async ({ page }) => {
    const { order } = await openKinds(page);
    await order.inBank('result = 0').tap();
    const board = order.root.getByRole('group', { name: 'Program and lines' });
    for (const button of await board.getByRole('button').all()) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  });
});

test('a distractor is told why it is none, and lines that Python cannot read were not run', async ({
  page,
}) => {
  const { order } = await openKinds(page);
  for (const line of [...rightLines.slice(0, 2), 'result = number', 'return result']) {
    await order.inBank(line).click();
  }
  await order.tool('Indent less').click();
  await order.fail();
  await expect(order.root.getByText('This forgets what was there before.')).toBeVisible();
  await expect(order.root.getByText('We ran the program with your lines.')).toBeVisible();
  await order.evidence().locator('summary').click();
  await expect(order.evidence()).toContainText('result = number');
  await order.root.getByRole('button', { name: 'Show a hint', exact: true }).click();
  await expect(order.root.getByRole('listitem').filter({ hasText: 'Hint 1' })).toBeInViewport();
  await expect(order.said()).toContainText(/^Hint 1: .*before anything can be added to it/);

  await order.placed('result = number').click();
  await order.tool('Indent less').click();
  await order.check().click();
  await expect(order.root.locator('.result')).toContainText('IndentationError');
  await expect(order.left('1 of 3 attempts left')).toBeVisible();
  await order.stands('result = 0', 'for number in numbers:', 'result = number', 'return result');
  await page.reload();
  await order.stands('result = 0', 'for number in numbers:', 'result = number', 'return result');
});

test('"Show the solution" puts the lines in a right order into the program', async ({ page }) => {
  const { order } = await openKinds(page);
  await order.root.getByRole('button', { name: 'Show the solution' }).click();
  const program = order.root.getByRole('group', { name: 'The program in a right order' });
  await expect(program).toContainText('        result += number');
  await expect(order.root.getByTestId('hallmark')).toContainText('128 of 168 orders run');
});
