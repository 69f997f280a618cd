import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import Table from 'cli-table3';
import { benchArchive, dataFolder } from './archive';
import { type ProcessRun, runProcess } from './ingesting';
import { compileCandidates, median } from './run';
import { recipientOf } from './sizes';

const command = join(__dirname, '..', 'bin', 'ses-events.js');

/** A page, in seconds from the request. The archive of a warm page has not changed since its last request. */
interface PageResult {
  page: string;
  cold: number;
  coldFirstByte: number;
  warm: number;
}

interface LookingResult {
  events: number;
  report: ProcessRun;
  /** Seconds of all commands in the report, one after the other. */
  askSeconds: number;
  pages: readonly PageResult[];
  /** Peak memory of the server, in MiB. */
  serverMebibytes: number;
}

/** Returns an archive of the benchmark's objects, which is ingested once. */
function lookedArchive(events: number): string {
  const archive = join(dataFolder, `looking-${events}.duckdb`);
  if (existsSync(archive)) return archive;
  const unfinished = `${archive}.unfinished`;
  rmSync(unfinished, { force: true });
  process.stderr.write(`${events} events: ingest\n`);
  const args = [command, 'ingest', join(benchArchive(events), 'events'), '--archive', unfinished];
  execFileSync(process.execPath, [...args, '--allow-rejects'], { stdio: 'ignore' });
  renameSync(unfinished, archive);
  return archive;
}

/** Returns the arguments of the commands in a report, each once. */
function commandsOf(report: string): string[][] {
  const html = readFileSync(report, 'utf8');
  const commands = [...html.matchAll(/<code class="command">ses-events ([^<]*)<\/code>/g)];
  return [...new Set(commands.map(([, text = '']) => text))].map((text) => text.split(' '));
}

/** Measures the report, and the commands in it. */
function measureReport(archive: string, rounds: number): Pick<LookingResult, 'report' | 'askSeconds'> {
  const preload = join(compileCandidates('ingest'), 'peak-memory.js');
  const scratch = mkdtempSync(join(dataFolder, 'report-'));
  const output = join(scratch, 'report.html');
  const reports: ProcessRun[] = [];
  const asked: number[] = [];
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`report, round ${round + 1} of ${rounds}\n`);
    const args = [command, 'report', '--archive', archive, '--output', output, '--overwrite'];
    reports.push(runProcess(args, preload));
    const runs = commandsOf(output).map((words) =>
      runProcess([command, ...words, '--archive', archive, '--format', 'json'], preload),
    );
    asked.push(runs.reduce((sum, { seconds }) => sum + seconds, 0));
  }
  rmSync(scratch, { recursive: true });
  return {
    report: {
      seconds: median(reports.map(({ seconds }) => seconds)),
      peakMebibytes: Math.max(...reports.map(({ peakMebibytes }) => peakMebibytes)),
    },
    askSeconds: median(asked),
  };
}

/** Requests a page, and returns the seconds until its first and its last byte. */
function request(
  address: string,
  cookie: string,
): Promise<{ firstByte: number; seconds: number; text: string }> {
  const started = process.hrtime.bigint();
  const elapsed = () => Number(process.hrtime.bigint() - started) / 1e9;
  return new Promise((resolve, reject) => {
    get(address, { headers: { cookie } }, (response: IncomingMessage) => {
      let firstByte: number | undefined;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        firstByte ??= elapsed();
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${address}: status ${response.statusCode}`));
        else resolve({ firstByte: firstByte ?? elapsed(), seconds: elapsed(), text });
      });
    }).on('error', reject);
  });
}

/** Returns the cookie of the server, for the address that it has printed. */
function cookieOf(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(address, (response) => {
      response.resume();
      resolve((response.headers['set-cookie'] ?? []).map((text) => text.split(';')[0]).join('; '));
    }).on('error', reject);
  });
}

/** Measures each page: first when the server has not shown it yet, then when it has. */
async function measurePages(
  archive: string,
  rounds: number,
): Promise<Pick<LookingResult, 'pages' | 'serverMebibytes'>> {
  const peakFile = join(dataFolder, 'peak-memory');
  const preload = join(compileCandidates('ingest'), 'peak-memory.js');
  const args = ['--require', preload, command, 'serve', '--archive', archive, '--port', '0'];
  const server = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PEAK_MEMORY_FILE: peakFile },
  });
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const [opened = ''] = /http:\S+/.exec(String(line)) ?? [];
    const { origin } = new URL(opened);
    const cookie = await cookieOf(opened);
    const recipient = encodeURIComponent(recipientOf(archive));
    const { text } = await request(`${origin}/messages?recipient=${recipient}`, cookie);
    const [message = ''] = /\/messages\/[^"?]+/.exec(text) ?? [];
    const pages: readonly (readonly [string, string])[] = [
      ['report', '/'],
      ['report of a configuration set', '/?configuration-set=marketing'],
      ['newest messages', '/messages'],
      ['messages to a recipient', `/messages?recipient=${recipient}`],
      ['messages by subject', '/messages?subject=autumn'],
      ['a message', message],
      ['a person', `/people?address=${recipient}`],
      ['a number of the report: emails that bounced', 'linked'],
      ['bounces', '/questions/bounces'],
      ['rejects', '/rejects'],
    ];
    const results: PageResult[] = [];
    let report = '';
    for (const [page, named] of pages) {
      const [linked = ''] = /\/questions\/emails\?[^"]*outcome=bounced[^"]*/.exec(report) ?? [];
      const path = named === 'linked' ? linked.replaceAll('&amp;', '&') : named;
      process.stderr.write(`page: ${page}\n`);
      const first = await request(`${origin}${path}`, cookie);
      if (path === '/') report = first.text;
      const again: number[] = [];
      for (let round = 0; round < rounds; round++)
        again.push((await request(`${origin}${path}`, cookie)).seconds);
      results.push({ page, cold: first.seconds, coldFirstByte: first.firstByte, warm: median(again) });
    }
    server.kill('SIGINT');
    await once(server, 'exit');
    return { pages: results, serverMebibytes: Number(readFileSync(peakFile, 'utf8')) };
  } finally {
    server.kill('SIGKILL');
  }
}

/** Measures the report and the pages over an archive. */
async function measureLooking(events: number, rounds: number): Promise<LookingResult> {
  const archive = lookedArchive(events);
  const report = measureReport(archive, rounds);
  return { events, ...report, ...(await measurePages(archive, rounds)) };
}

const verdict = (met: boolean) => (met ? 'met' : 'missed');

function pagesTable(pages: readonly PageResult[]): string {
  const table = new Table({
    head: ['page', 'first byte s', 'first time s', 'again s', 'target'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { page, cold, coldFirstByte, warm } of pages)
    table.push([
      page,
      coldFirstByte.toFixed(3),
      cold.toFixed(2),
      warm.toFixed(3),
      `1.000 ${verdict(warm <= 1)}`,
    ]);
  return table.toString();
}

function lookingText({ events, report, askSeconds, pages, serverMebibytes }: LookingResult): string {
  const { seconds, peakMebibytes } = report;
  const ratio = seconds / askSeconds;
  const middle = median(pages.map(({ warm }) => warm));
  return (
    `report of ${events.toLocaleString('en-US')} events: ${seconds.toFixed(1)} s, target 15.0 ${verdict(seconds <= 15)}; ` +
    `peak ${Math.round(peakMebibytes)} MiB, target 700 ${verdict(peakMebibytes <= 700)}\n` +
    `its commands one after the other: ${askSeconds.toFixed(1)} s, ratio ${ratio.toFixed(2)}, target 1.10 ${verdict(ratio <= 1.1)}\n` +
    `${pagesTable(pages)}\n` +
    `median of the pages: ${middle.toFixed(3)} s, target 0.300 ${verdict(middle <= 0.3)}; ` +
    `peak of the server ${Math.round(serverMebibytes)} MiB, target 700 ${verdict(serverMebibytes <= 700)}\n`
  );
}

export { lookingText, measureLooking };
