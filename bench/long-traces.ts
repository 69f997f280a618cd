import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './archive';

const command = join(__dirname, '..', 'bin', 'ses-events.js');

/** The part of each record that is long. */
const longParts = ['headers', 'recipients', 'response'] as const;

/** The trace of a message with long records. */
interface LongTraceResult {
  part: (typeof longParts)[number];
  records: number;
  seconds: number;
  peakMebibytes: number;
}

/** The goal for the peak, in MiB. */
const goal = 600;

const longBytes = 140_000;

/** Bytes of a recipient in a record, with its quotation marks and comma. */
const recipientBytes = '"1234567890123456789012@example.com",'.length;

/** Text that differs by its number. */
function longText(number: number): string {
  let text = '';
  for (let part = number + 1; text.length < longBytes; part = (part * 48_271) % 0x7fffffff)
    text += part.toString(36);
  return text;
}

/** Returns a delivery whose part is long, as a line. Their times are in another order. */
function longRecord(part: LongTraceResult['part'], index: number): string {
  const timestamp = new Date(Date.UTC(2026, 2, 4) + ((index * 7_919) % 100_003)).toISOString();
  const text = longText(index);
  const destination =
    part === 'recipients'
      ? (text.match(/.{22}/g) ?? []).slice(0, longBytes / recipientBytes).map((name) => `${name}@example.com`)
      : ['ana@example.com'];
  const headers = part === 'headers' ? [{ name: 'X-Long', value: text }] : [];
  const smtpResponse = part === 'response' ? text : '250 ok';
  const mail = { timestamp, messageId: 'long', destination, headers };
  const delivery = { timestamp, recipients: destination.slice(0, 1), smtpResponse };
  const record =
    part === 'response' ? { eventType: 'Delivery', mail, delivery } : { eventType: 'Send', mail, send: {} };
  return `${JSON.stringify(record)}\n`;
}

/** Makes a process write its peak memory, in KiB, to its file descriptor 3. */
const reporting =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))';

/** Traces a message with records of 140 KB as JSON, for each part that can be long. */
function measureLongTraces(records = 3000): LongTraceResult[] {
  return longParts.map((part) => {
    const folder = mkdtempSync(join(dataFolder, 'long-trace-'));
    const [object, archive] = [join(folder, 'object.json'), join(folder, 'archive.duckdb')];
    try {
      process.stderr.write(`trace of a message with long ${part}\n`);
      for (let index = 0; index < records; index++) appendFileSync(object, longRecord(part, index));
      execFileSync(process.execPath, [command, 'ingest', object, '--archive', archive], { stdio: 'ignore' });
      const args = ['trace', 'long', '--archive', archive, '--format', 'json'];
      const started = process.hrtime.bigint();
      const { status, output } = spawnSync(process.execPath, ['--import', reporting, command, ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      });
      if (status !== 0) throw new Error(`the trace of long ${part} failed`);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      return { part, records, seconds, peakMebibytes: Math.round(Number(output[3]) / 1024) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

/** Formats the results, one line each. */
function longTracesText(results: readonly LongTraceResult[]): string {
  return results
    .map(
      ({ part, records, seconds, peakMebibytes }) =>
        `trace of a message with ${records.toLocaleString('en-US')} records of 140 KB of ${part}: ${seconds.toFixed(1)} s, ` +
        `peak ${peakMebibytes} MiB, target ${goal} ${peakMebibytes <= goal ? 'met' : 'missed'}\n`,
    )
    .join('');
}

export { longTracesText, measureLongTraces };
