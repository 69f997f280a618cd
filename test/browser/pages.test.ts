import type { Page } from 'playwright-core';
import { ingest } from '../../consumer/archive/ingest/ingest';
import { ArchiveFolder } from '../archive/archive-folder';
import { packageFolder } from '../cli/compiled-command';
import { sendText } from '../cli/records';
import { hostileEvents } from '../report/hostile-events';
import { PageServer } from '../report/server/page-server';
import { describeWithBrowser } from './describe-with-browser';
import { accessibilityFindings, looks, openPage } from './observed-page';

const sample = new ArchiveFolder();
const hostile = new ArchiveFolder();
const growing = new ArchiveFolder();
/** A message with several recipients, and one of them. */
const found = { messageId: '', address: '' };

beforeAll(async () => {
  await ingest(`${packageFolder}/examples/sample-archive`, { archive: sample.archive, workers: 0 });
  hostile.write('events', hostileEvents.map((event) => `${JSON.stringify(event)}\n`).join(''));
  await hostile.ingest();
  growing.write('m1', `${sendText('m1')}\n`);
  await growing.ingest();
  const [row] = await sample.rows<{ message_id: string; address: string }>(
    "SELECT message_id, address FROM recipients WHERE event_type = 'Bounce' ORDER BY message_id LIMIT 1",
  );
  found.messageId = row?.message_id ?? '';
  found.address = row?.address ?? '';
});
const served = PageServer.forTests({ source: sample.archive });
const attacked = PageServer.forTests({ source: hostile.archive });
const followed = PageServer.forTests({ source: growing.archive });

/** Returns the address of a page that a browser opens first. */
function firstAddress(server: PageServer, path: string): string {
  return `http://127.0.0.1:${server.port}${path}${path.includes('?') ? '&' : '?'}token=${server.token}`;
}

const paths = (): string[] => [
  '/?since=2026-08-09&until=2026-08-14',
  '/messages',
  `/messages/${found.messageId}`,
  `/people?${new URLSearchParams({ address: found.address })}`,
  '/questions',
  '/questions/health',
  '/questions/bounces',
  '/questions/bounces?since=soon',
  '/rejects',
];

const textOf = async (page: Page, selector = 'main') => (await page.textContent(selector)) ?? '';

describeWithBrowser('the pages of a server in a browser', (browser) => {
  it.each(looks)('have no serious finding of axe, no overflow and no problem at %j', async (look) => {
    for (const path of paths()) {
      const { page, problems } = await openPage(browser(), firstAddress(served, path), look);
      const expected = path.includes('soon') ? [expect.stringContaining('status of 400')] : [];
      expect([path, await accessibilityFindings(page)]).toEqual([path, []]);
      expect([path, problems]).toEqual([path, expected]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([path, overflow]).toEqual([path, expect.any(Number)]);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  it('remove the token from the address', async () => {
    const { page } = await openPage(browser(), firstAddress(served, '/questions'));
    expect(page.url()).toBe(`http://127.0.0.1:${served.port}/questions`);
  });

  it('lead from a search to a message, and from there to a person', async () => {
    const { page, problems } = await openPage(browser(), firstAddress(served, '/messages'));
    await page.fill('input[name=recipient]', found.address);
    await page.click('button[type=submit]');
    await page.waitForURL(/recipient=/);
    await page.click(`a[href="/messages/${found.messageId}"]`);
    await page.waitForURL(/\/messages\//);
    expect(await textOf(page)).toContain(found.address);
    await page.click(`a[href^="/people"]:has-text("${found.address}")`);
    await page.waitForURL(/\/people/);
    expect(await textOf(page, 'h1')).toBe(`Messages to ${found.address}`);
    expect(problems).toEqual([]);
  });

  it('lead from a count of the report to its messages', async () => {
    const { page } = await openPage(browser(), firstAddress(served, '/?since=2026-08-09&until=2026-08-14'));
    await page.click('.tile a');
    await page.waitForURL(/\/questions\/emails\?.*outcome=/);
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
  });

  it('work without JavaScript', async () => {
    const context = await browser().newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(firstAddress(served, '/questions/bounces'));
    await page.click('form summary');
    await page.fill('input[name=limit]', '2');
    await page.click('button[type=submit]');
    await page.waitForURL(/limit=2/);
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page.click('text=Refresh');
    expect(page.url()).toContain('limit=2');
  });

  it('run nothing of hostile events, and show them as text', async () => {
    const attack = String(hostileEvents[0]?.mail.messageId);
    for (const path of [
      '/',
      '/messages',
      `/messages/${encodeURIComponent(attack)}`,
      '/questions/complaints',
      '/rejects',
    ]) {
      const { page, problems } = await openPage(browser(), firstAddress(attacked, path));
      expect([path, problems]).toEqual([path, []]);
      expect(await page.evaluate(() => [document.scripts.length, document.images.length])).toEqual([1, 0]);
      const origin = new URL(page.url()).origin;
      const links = await page.evaluate(() => [...document.links].map(({ href }) => new URL(href).origin));
      expect(new Set(links)).toEqual(new Set([origin]));
    }
  });

  it('show new events by themselves, and keep the position, typed texts and open parts', async () => {
    const { page, problems } = await openPage(browser(), firstAddress(followed, '/messages/m1'));
    await page.setViewportSize({ width: 600, height: 200 });
    await page.click('summary');
    await page.evaluate(() => {
      document.documentElement.dataset.kept = 'yes';
      window.scrollTo(0, 120);
    });
    const before = await textOf(page);
    growing.write('m2', `${sendText('m2')}\n`);
    await growing.ingest();
    await page.waitForFunction(() => document.body.textContent?.includes('2 events'));
    expect(await textOf(page)).not.toBe(before);
    expect(await page.evaluate(() => [document.documentElement.dataset.kept, window.scrollY])).toEqual([
      'yes',
      120,
    ]);
    expect(await page.locator('details[open]').count()).toBe(1);

    await page.goto(`http://127.0.0.1:${followed.port}/messages`);
    await page.fill('input[name=subject]', 'typed');
    growing.write('m3', `${sendText('m3')}\n`);
    await growing.ingest();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 3);
    expect(await page.inputValue('input[name=subject]')).toBe('typed');
    expect(problems).toEqual([]);
  });
});
