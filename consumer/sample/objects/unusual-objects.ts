import type { BounceEvent } from '../../events';
import type { Random } from '../seed/random';
import { inEventBridge, inFirehoseError, inSns } from './envelopes';
import { legacyTwin, pinpointCampaignSend, pinpointOpen, setUpMessage } from './foreign-records';
import {
  compress,
  noSampleCounts,
  type ObjectNames,
  type SampleObject,
  type SampleRecord,
} from './sample-object';

/** The contents of an unusual object. */
interface UnusualObjectInput {
  /** `eventCount` records, or fewer at the end of a window; at least one. */
  records: readonly [SampleRecord, ...SampleRecord[]];
  /** A bounce that was published earlier. */
  earlierBounce: BounceEvent | undefined;
  names: ObjectNames;
  random: Random;
}

/** An object that does not have one record per line, or is not compressed once. */
interface UnusualObject {
  /** Number of events from the stream. */
  eventCount: number;
  build: (input: UnusualObjectInput) => SampleObject;
}

const byteOrderMark = '\ufeff';

function textsOf(records: readonly SampleRecord[]): string[] {
  return records.map((record) => record.text);
}

/** Two gzip members: records without separators, then lines that end in CR LF. */
function concatenatedAndCarriageReturns({ records, names }: UnusualObjectInput): SampleObject {
  const concatenated = textsOf(records.slice(0, 4)).join('');
  const lines = textsOf(records.slice(4)).map((text) => `${text}\r\n`);
  return {
    key: names.events(records[0].arrival, '.gz'),
    bytes: Buffer.concat([compress(concatenated), compress(lines.join(''))]),
    ...noSampleCounts(),
    events: records.length,
  };
}

/** Compressed twice: a byte order mark and blank lines, then records with the delimiter `\n` escaped. */
function blankLinesAndEscapedDelimiters({ records, names }: UnusualObjectInput): SampleObject {
  const spaced = textsOf(records.slice(0, 3)).join('\n\n \n');
  const escaped = textsOf(records.slice(3)).join('\\n');
  return {
    key: names.events(records[0].arrival, '.gz'),
    bytes: compress(compress(`${byteOrderMark}\n${spaced}\n${escaped}\\n`)),
    ...noSampleCounts(),
    events: records.length,
  };
}

/** Not compressed: pretty-printed records, records in envelopes, and records of other senders. */
function envelopesAndForeignRecords(input: UnusualObjectInput): SampleObject {
  const { records, earlierBounce, names, random } = input;
  const { arrival } = records[0];
  const published = records.slice(2, 5).map((record) => inSns(`${record.text}\n`, record.arrival, random));
  const twins = earlierBounce ? [inSns(legacyTwin(earlierBounce), arrival, random)] : [];
  const lines = [
    ...records.slice(0, 2).map((record) => JSON.stringify(record.event, null, 2)),
    inSns(setUpMessage, arrival, random),
    ...published,
    ...twins,
    ...records.slice(5).map((record) => inEventBridge(record, random)),
    pinpointCampaignSend(arrival, random),
    pinpointOpen(arrival, random),
  ];
  return {
    key: names.events(arrival, ''),
    bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')),
    ...noSampleCounts(),
    events: records.length,
    extras: twins.length + 1,
    skipped: 2,
  };
}

/** An event after a failed transformation. It has no other delivery. */
function processingFailed({ records, names }: UnusualObjectInput): SampleObject {
  return {
    key: names.processingFailed(records[0].arrival),
    bytes: Buffer.from(records.map((record) => `${inFirehoseError(record)}\n`).join('')),
    ...noSampleCounts(),
    events: records.length,
  };
}

/** Four small objects, which contain every unusual form of framing and storage once. */
const unusualObjects: readonly UnusualObject[] = [
  { eventCount: 7, build: concatenatedAndCarriageReturns },
  { eventCount: 7, build: blankLinesAndEscapedDelimiters },
  { eventCount: 8, build: envelopesAndForeignRecords },
  { eventCount: 1, build: processingFailed },
];

export { type UnusualObject, unusualObjects };
