import Table from 'cli-table3';
import type { QueryStatistics } from '../../test/trino/trino';
import { median } from '../run';
import { growthCells, megabytes, questionCells, questionHead, seconds, verdict } from './figures';
import { growthOf, ratiosOf, slowestFirst, targets } from './ratios';
import type { FillResult, QuestionResult, ScaleGrowth, ScaleResult } from './scale-result';

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
    `ratio ${ratio.toFixed(2)}, target ${targets.again.toFixed(2)} ${verdict(ratio <= targets.again)}\n`
  );
}

function questionsText(results: readonly QuestionResult[]): string {
  const table = new Table({
    head: ['question', ...questionHead, 'target of each'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const ratios = results.map(ratiosOf);
  for (const result of results) {
    const { bytes, time } = ratiosOf(result);
    const met = Math.min(bytes, time) >= targets.each;
    table.push([result.question, ...questionCells(result), `${targets.each} ${verdict(met)}`]);
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
  for (const result of results) table.push([result.question, ...growthCells(result)]);
  const [slowest] = slowestFirst(results);
  const line =
    slowest === undefined
      ? ''
      : `slowest: ${slowest.question}, ratio ${growthOf(slowest).toFixed(1)}, target ${targets.growth.toFixed(1)} ${verdict(growthOf(slowest) <= targets.growth)}\n`;
  return `${table.toString()}\n${line}`;
}

export { scaleGrowthText, scaleText };
