import type { Browser } from 'playwright-core';
import { findChromium, startChromium } from '../../docs/pictures/chromium';

/**
 * A `describe` for tests that require a browser. Without one, they are skipped with a message, or fail with
 * REQUIRE_BROWSER=1.
 *
 * @param tests receives a function that returns the browser, for use in a test
 */
function describeWithBrowser(name: string, tests: (browser: () => Browser) => void): void {
  let browser: Browser | undefined;
  const started = () => {
    if (browser === undefined) throw new Error('the browser has not started');
    return browser;
  };
  const path = findChromium();
  if (path !== undefined) {
    describe(name, () => {
      beforeAll(async () => {
        browser = await startChromium(path);
      });
      afterAll(() => browser?.close());
      tests(started);
    });
  } else if (process.env.REQUIRE_BROWSER === '1') {
    describe(name, () => {
      it('finds a browser', () => {
        throw new Error('REQUIRE_BROWSER=1, but there is no Chromium or Chrome in PATH');
      });
    });
  } else {
    // .ci/run searches the log for "not run, there is no".
    process.stderr.write(`${name}: not run, there is no Chromium or Chrome in PATH\n`);
    describe.skip(name, () => tests(started));
  }
}

export { describeWithBrowser };
