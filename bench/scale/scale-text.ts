import Table from 'cli-table3';
import type { QueryStatistics } from '../../test/trino/trino';
import { median } from '../run';
import { ratiosOf, targets } from './ratios';
import type { FillResult, QuestionResult, ScaleGrowth, ScaleResult } from './scale-result';

const verdict = (met: boolean) => (met ? 'met' : 'missed');
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);

function fillText({
  events,
  days,
  lineBytes,
  size,
  merges,
  first,
  again,
  joins,
  records,
}: FillResult): string {
  const each = (bytes: number) => `${(bytes / size.rows).toFixed(0)} bytes`;
  const work = (name: string, { physicalInputBytes, cpuTimeMillis }: QueryStatistics) =>
    `${name}: ${seconds(cpuTimeMillis)} s, ${megabytes(physicalInputBytes)} MB read\n`;
  const ratio = again.cpuTimeMillis / first.cpuTimeMillis;
  return (
    `${events.toLocaleString('en-US')} events of ${days} days, ${size.rows.toLocaleString('en-US')} distinct\n` +
    `lines ${each(lineBytes)} for each event, archive ${each(size.bytes)}, ${size.files} files\n` +
    work('merges', merges) +
    work('joining files', joins) +
    work('recording days', records) +
    work('merge of the largest day', first) +
    work('the same again', again) +
    `ratio ${ratio.toFixed(2)}, target 0.50 ${verdict(ratio <= 0.5)}\n`
  );
}

function questionsText(results: readonly QuestionResult[]): string {
  const table = new Table({
    head: ['question', 'archive MB', 'lines MB', 'ratio', 'archive s', 'lines s', 'ratio', 'target of each'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const ratios = results.map(ratiosOf);
  for (const [index, { question, archive, lines }] of results.entries()) {
    const { bytes, time } = ratios[index] ?? { bytes: Number.NaN, time: Number.NaN };
    table.push([
      question,
      megabytes(archive.physicalInputBytes),
      megabytes(lines.physicalInputBytes),
      bytes.toFixed(1),
      seconds(archive.cpuTimeMillis),
      seconds(lines.cpuTimeMillis),
      time.toFixed(0),
      `${targets.each} ${verdict(Math.min(bytes, time) >= targets.each)}`,
    ]);
  }
  const [bytes, time] = [
    median(ratios.map((ratio) => ratio.bytes)),
    median(ratios.map((ratio) => ratio.time)),
  ];
  return (
    `${table.toString()}\n` +
    `median: ${bytes.toFixed(1)} times fewer bytes, target ${targets.bytes} ${verdict(bytes >= targets.bytes)}; ` +
    `${time.toFixed(0)} times less processor time, target ${targets.time} ${verdict(time >= targets.time)}\n`
  );
}

function scaleText({ fill, questions }: ScaleResult): string {
  return fillText(fill) + questionsText(questions);
}

function scaleGrowthText(results: readonly ScaleGrowth[]): string {
  const table = new Table({
    head: ['growth', 'small s', 'large s', 'ratio'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const growth = ({ small, large }: ScaleGrowth) => large.cpuTimeMillis / small.cpuTimeMillis;
  for (const result of results)
    table.push([
      result.question,
      seconds(result.small.cpuTimeMillis),
      seconds(result.large.cpuTimeMillis),
      growth(result).toFixed(1),
    ]);
  const [slowest] = results.toSorted((one, other) => other.large.cpuTimeMillis - one.large.cpuTimeMillis);
  const line =
    slowest === undefined
      ? ''
      : `slowest: ${slowest.question}, ratio ${growth(slowest).toFixed(1)}, target 12.0 ${verdict(growth(slowest) <= 12)}\n`;
  return `${table.toString()}\n${line}`;
}

export { scaleGrowthText, scaleText };
