import { pathToFileURL } from 'node:url';
import { ingest } from '../../consumer/archive/ingest/ingest';
import type { PlainValue } from '../../consumer/queries/engines/plain-value';
import { questions } from '../../consumer/queries/questions/question';
import { valueText } from '../../consumer/queries/questions/value-text';
import { terminalText } from '../../consumer/texts/terminal-text';
import { packageFolder } from '../cli/compiled-command';
import { run } from '../cli/run-command';
import { ScratchFolder } from '../cli/scratch-folder';
import { hostileEvents } from '../report/hostile-events';
import { describeWithBrowser } from './describe-with-browser';
import { accessibilityFindings, looks, openPage } from './observed-page';

const scratch = new ScratchFolder();
const archive = scratch.at('sample.duckdb');
const report = scratch.at('report.html');
const hostileReport = scratch.at('hostile.html');
const address = pathToFileURL(report).href;

beforeAll(async () => {
  await ingest(`${packageFolder}/examples/sample-archive`, { archive, workers: 0 });
  scratch.write('objects/a', hostileEvents.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const hostile = scratch.at('hostile.duckdb');
  await ingest(scratch.at('objects'), { archive: hostile, workers: 0 });
  const range = ['--since', '2026-08-09', '--until', '2026-08-14'];
  await run(['report', '--archive', archive, ...range, '--output', report]);
  await run(['report', '--archive', hostile, '--output', hostileReport]);
});

/** A table as the browser shows it. */
interface ShownTable {
  command: string;
  columns: string[];
  rows: string[][];
}

/** Returns the text of a value in a table of a page. */
function cellText(question: string, column: string, value: PlainValue): string {
  const { type } =
    questions()
      .find(({ name }) => name === question)
      ?.columns.find(({ name }) => name === column) ?? {};
  const isTime = type === 'time' && typeof value === 'string';
  return terminalText(valueText(isTime ? new Date(value) : value, type))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

describeWithBrowser('a report in a browser', (browser) => {
  it('shows the rows of the command below each table', async () => {
    const { page } = await openPage(browser(), address);
    const tables: ShownTable[] = await page.evaluate(() =>
      [...document.querySelectorAll('figure')].flatMap((figure) => {
        for (const details of figure.querySelectorAll('details')) details.open = true;
        const table = figure.querySelector('table');
        const text = (element: Element) => element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
        if (table === null) return [];
        return [
          {
            command: text(figure.querySelector('code.command') ?? figure),
            columns: [...table.querySelectorAll('th')].map((cell) => cell.dataset.column ?? ''),
            rows: [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map(text)),
          },
        ];
      }),
    );
    expect(tables.length).toBeGreaterThan(14);
    for (const { command, columns, rows } of tables) {
      const [, ...args] = (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
      const { stdout } = await run([...args, '--archive', archive, '--format', 'json']);
      const expected = JSON.parse(stdout) as Record<string, PlainValue>[]; // rows by column
      const question = args[1] ?? '';
      expect({ command, rows }).toEqual({
        command,
        rows: expected.map((row) => columns.map((name) => cellText(question, name, row[name] ?? null))),
      });
    }
  });

  it.each(looks)('has no serious finding of axe and no problem at %j', async (look) => {
    const { page, problems } = await openPage(browser(), address, look);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('runs nothing of hostile events, and shows them as text', async () => {
    const { page, problems } = await openPage(browser(), pathToFileURL(hostileReport).href);
    expect(problems).toEqual([]);
    expect(await page.evaluate(() => document.scripts.length + document.images.length)).toBe(0);
    const links = await page.evaluate(() =>
      [...document.links].map((link) => link.getAttribute('href') ?? ''),
    );
    expect(links.filter((link) => !/^#[a-z]+$/.test(link))).toEqual([]);
    expect(await page.textContent('body')).toContain('<script>alert(1)</script>');
  });

  it('blocks a script and a request, even if markup would contain one', async () => {
    const { page, problems } = await openPage(browser(), address);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return 'ran' in window;
    });
    expect(ran).toBe(false);
    expect(problems.join()).toContain('Content Security Policy');
  });

  it('prints every table, also the closed ones', async () => {
    const { page } = await openPage(browser(), address);
    await page.emulateMedia({ media: 'print' });
    const visible = await page.evaluate(
      () =>
        [...document.querySelectorAll('figure > details:not(.command) table')].filter(
          (table) => table.getBoundingClientRect().height > 0,
        ).length,
    );
    expect(visible).toBeGreaterThan(4);
  });
});
