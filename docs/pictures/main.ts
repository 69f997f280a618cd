// Takes the pictures of the report in README.md and docs/report.md, from the bundled sample.
//
//     npm run pictures
//
// A browser draws the texts with the fonts of the system, so the pictures of two systems differ. Their presence is tested,
// not their content.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { ingest } from '../../consumer/archive/ingest/ingest';
import { main } from '../../consumer/cli/main';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { startServer } from '../../consumer/report/server/start';
import { findChromium, startChromium } from './chromium';

/** A picture of the top of a page. */
interface Picture {
  name: string;
  /** The page: the report, or a search on the local pages. */
  page: 'report' | 'search';
  colorScheme: 'light' | 'dark';
  width: number;
  height: number;
}

const pictures: readonly Picture[] = [
  { name: 'report.png', page: 'report', colorScheme: 'light', width: 1280, height: 1180 },
  { name: 'report-dark.png', page: 'report', colorScheme: 'dark', width: 1280, height: 1180 },
  { name: 'report-phone.png', page: 'report', colorScheme: 'light', width: 390, height: 1180 },
  { name: 'search.png', page: 'search', colorScheme: 'light', width: 1280, height: 640 },
];

/** The days of the sample with the incident, and as many days before to compare with. */
const range = ['--since', '2026-08-09', '--until', '2026-08-14'];

/** Writes the report of an archive, and returns its address. */
async function writeReport(archive: string, output: string): Promise<string> {
  const code = await main(['report', '--archive', archive, ...range, '--output', output], process);
  if (code !== 0) throw new Error(`the report was not written: exit code ${code}`);
  return pathToFileURL(output).href;
}

/** Takes the pictures of the pages into a folder. */
async function takePictures(
  browser: Browser,
  addresses: Readonly<Record<Picture['page'], string>>,
  target: string,
): Promise<void> {
  mkdirSync(target, { recursive: true });
  for (const { name, page: shown, colorScheme, width, height } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.goto(addresses[shown]);
    const path = join(target, name);
    await page.screenshot({ path });
    console.log(`wrote ${relative('.', path)}`);
  }
}

/** Takes the pictures of the sample with a browser. */
async function pictureSample(target: string, chromium: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-pictures-'));
  const source = join(folder, 'sample.duckdb');
  await ingest(join(packageRoot(), 'examples', 'sample-archive'), { archive: source });
  const server = await startServer({ host: '127.0.0.1', port: 0, source, onError: console.error });
  const browser = await startChromium(chromium);
  try {
    const report = await writeReport(source, join(folder, 'report.html'));
    const { port, token } = server;
    const search = `http://127.0.0.1:${port}/messages?status=bounced&since=2026-08-11&token=${token}`;
    await takePictures(browser, { report, search }, target);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs the script.
 * @param target the folder of the pictures, by default that of the pages
 */
async function run([target = join(packageRoot(), 'docs', 'pictures')]: readonly string[]): Promise<void> {
  const chromium = findChromium();
  if (chromium !== undefined) return pictureSample(target, chromium);
  const text = 'pictures: not run, there is no Chromium or Chrome in PATH: install the package chromium';
  process.exitCode = process.env.REQUIRE_BROWSER === '1' ? 1 : 0;
  console.error(text);
}

void run(process.argv.slice(2));
