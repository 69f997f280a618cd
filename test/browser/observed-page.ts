import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

/** Looks of a page: the widths of a phone and of a desktop, in both color schemes. */
const looks = [390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

/** A page with the problems that the browser has reported. */
interface ObservedPage {
  page: Page;
  /** Messages of the console, errors of scripts, violations of the policy, and failed requests. */
  problems: string[];
}

/**
 * Opens a page, and observes it.
 * @param cookies cookies of the page
 */
async function openPage(
  browser: Browser,
  address: string,
  { width, colorScheme }: (typeof looks)[number] = { width: 1280, colorScheme: 'light' },
): Promise<ObservedPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('requestfailed', (request) => problems.push(`request: ${request.url()}`));
  await page.goto(address);
  return { page, problems };
}

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Returns the serious findings of axe-core on a page. */
async function accessibilityFindings(page: Page): Promise<string[]> {
  // In the world of the test, where the page's policy does not apply.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  });
  const { result } = await session.send('Runtime.evaluate', {
    contextId: executionContextId,
    expression: `${axeSource}; axe.run()`,
    awaitPromise: true,
    returnByValue: true,
  });
  const { violations } = result.value as AxeResults; // the result of axe.run
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(', ')}`);
}

export { accessibilityFindings, looks, openPage };
