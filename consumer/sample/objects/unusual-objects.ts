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

/** The contents of an odd object. */
interface Ingredients {
  /** The number of records that the object takes, or fewer at the end of a window; at least one. */
  records: readonly [SampleRecord, ...SampleRecord[]];
  /** A bounce that was published earlier. */
  earlierBounce: BounceEvent | undefined;
  names: ObjectNames;
  random: Random;
}

/** An object that does not have one record per line, or is not compressed once. */
interface OddObject {
  /** Number of events that it takes from the stream. */
  takes: number;
  make: (ingredients: Ingredients) => SampleObject;
}

const byteOrderMark = '\ufeff';

function textsOf(records: readonly SampleRecord[]): string[] {
  return records.map((record) => record.text);
}

/** Two gzip members: records without separators, then lines that end in CR LF. */
function gluedAndCarriageReturns({ records, names }: Ingredients): SampleObject {
  const glued = textsOf(records.slice(0, 4)).join('');
  const lines = textsOf(records.slice(4)).map((text) => `${text}\r\n`);
  return {
    key: names.events(records[0].arrival, '.gz'),
    bytes: Buffer.concat([compress(glued), compress(lines.join(''))]),
    ...noSampleCounts(),
    events: records.length,
  };
}

/** Compressed twice: a byte order mark and blank lines, then a delimiter that was escaped once too often. */
function blankLinesAndEscapedDelimiters({ records, names }: Ingredients): SampleObject {
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
function envelopesAndForeignRecords(ingredients: Ingredients): SampleObject {
  const { records, earlierBounce, names, random } = ingredients;
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

/** An event without any other delivery, because a transformation failed. */
function processingFailed({ records, names }: Ingredients): SampleObject {
  return {
    key: names.processingFailed(records[0].arrival),
    bytes: Buffer.from(records.map((record) => `${inFirehoseError(record)}\n`).join('')),
    ...noSampleCounts(),
    events: records.length,
  };
}

/** Four small objects that contain every oddity of storing and framing once. */
const oddObjects: readonly OddObject[] = [
  { takes: 7, make: gluedAndCarriageReturns },
  { takes: 7, make: blankLinesAndEscapedDelimiters },
  { takes: 8, make: envelopesAndForeignRecords },
  { takes: 1, make: processingFailed },
];

export { type OddObject, oddObjects };
