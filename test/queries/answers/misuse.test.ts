import * as fc from 'fast-check';
import { duckdb } from '../../../consumer/archive/dialects/duckdb';
import {
  ask,
  follow,
  forget,
  ingest,
  ingestQueue,
  listDuplicates,
  listIgnored,
  listRejects,
  prune,
  query,
  readArchive,
  replayRejects,
  suppress,
  trace,
} from '../../../consumer/queries';
import { questionSql, questions } from '../../../consumer/queries/questions/question';
import { AskedArchive } from '../asked-archive';
import { smallObjects } from '../small-archive';

const archive = new AskedArchive(smallObjects());
const address = 'ana@a.example';

/** Functions without types, as a program in plain JavaScript calls them. Each is called with an archive's path. */
const functions = {
  ...{ ask, query, trace, suppress, ingest, follow, ingestQueue, forget, prune, replayRejects, readArchive },
} as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>; // the tests pass what the types refuse

/** Calls a function, and returns its error, thrown or rejected. */
async function errorOf(name: string, args: readonly unknown[]): Promise<unknown> {
  try {
    await functions[name]?.(...args);
  } catch (error) {
    return error;
  }
  return undefined;
}

const file = 'a.duckdb';
const queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/email-events-objects';
const aDate = "must be a Date, such as new Date('2026-03-01'): received";
const aTag = "tag must be an object with two texts, such as { name: 'campaign', value: 'spring' }: received";
const aLimit = "limit must be a whole number, 0 or more, or 'all': received";
const aSource =
  "the source must be the path of an archive, such as 'ses-events.duckdb', or an object with the texts workgroup and database: received";
const anArchive = "archive must be the path of a file, such as 'ses-events.duckdb': received";

describe('a call without types', () => {
  it.each<[name: string, args: unknown[], message: string]>([
    ['ask', [], `${aSource} undefined`],
    ['ask', [5, 'health'], `${aSource} 5`],
    ['ask', [{ archive: file }, 'health'], `${aSource} an object`],
    ['ask', [{ workgroup: 'w' }, 'health'], `${aSource} an object`],
    ['ask', ['', 'health'], 'the source must be the path of a file'],
    ['ask', [file, 'health', null], 'options must be an object: received null'],
    ['ask', [file, 'health', []], 'options must be an object: received an array'],
    ['ask', [file, 'health', { since: '2026-03-01' }], `since ${aDate} "2026-03-01"`],
    ['ask', [file, 'health', { until: new Date('x') }], 'until is an invalid date'],
    ['ask', [file, 'health', { tag: 'campaign' }], `${aTag} a text`],
    ['ask', [file, 'health', { tag: { name: 'campaign' } }], `${aTag} an object`],
    ['ask', [file, 'health', { tag: null }], `${aTag} null`],
    ['ask', [file, 'health', { configurationSet: 5 }], 'configurationSet must be a text: received 5'],
    ['ask', [file, 'bounces', { domain: [address] }], 'domain must be a text: received an array'],
    ['ask', [file, 'campaigns', { tagName: () => address }], 'tagName must be a text: received a function'],
    ['ask', [file, 'trend', { by: 'year' }], 'by must be one of day, week, month: received a text'],
    ['ask', [file, 'trend', { timezone: 60 }], 'timezone must be a text: received 60'],
    ['ask', [file, 'health', { limit: -1 }], `${aLimit} -1`],
    ['ask', [file, 'health', { limit: 1.5 }], `${aLimit} 1.5`],
    ['ask', [file, 'health', { limit: 1e300 }], `${aLimit} 1e+300`],
    ['ask', [file, 'health', { limit: Number.POSITIVE_INFINITY }], `${aLimit} Infinity`],
    ['ask', [file, 'health', { limit: '1 OFFSET 3' }], `${aLimit} a text`],
    ['ask', [file, 'health', { limit: '5' }], `${aLimit} a text`],
    ['ask', [file, 'health', { limit: null }], `${aLimit} null`],
    [
      'ask',
      [file, 'health', { lookAhead: '3' }],
      'lookAhead must be a whole number, 0 or more: received a text',
    ],
    ['ask', [file, 'health', { wait: Number.NaN }], 'wait must be a number, 0 or more: received NaN'],
    ['ask', [file, 'health', { signal: true }], 'signal must be an AbortSignal: received true'],
    ['ask', [file, 'health', { onUnreadable: address }], 'onUnreadable must be a function: received a text'],
    ['ask', [file, 'health', { sinc: new Date() }], 'no such option: "sinc", the options are wait, onWait'],
    ['ask', [file, 'health', { toString: 5 }], 'no such option: "toString", the options are wait, onWait'],
    ['suppress', [], `${aSource} undefined`],
    ['suppress', [file, { since: '2026-03-01' }], `since ${aDate} "2026-03-01"`],
    [
      'suppress',
      [file, { minBounces: '2' }],
      'minBounces must be a whole number, 0 or more: received a text',
    ],
    ['suppress', [file, { limit: '1' }], `${aLimit} a text`],
    ['suppress', [file, { minBounce: 2 }], 'no such option: "minBounce", the options are wait'],
    ['trace', [], `${aSource} undefined`],
    ['trace', [file], 'the subject must be a message id or an address: received undefined'],
    ['trace', [file, 5], 'the subject must be a message id or an address: received 5'],
    ['trace', [file, ' '], 'the subject must be a message id or an address: received an empty text'],
    ['trace', [file, address, { since: '2026-03-01' }], `since ${aDate} "2026-03-01"`],
    ['trace', [file, address, { withPlaces: 'yes' }], 'withPlaces must be true or false: received a text'],
    ['trace', [file, address, { limit: 5 }], 'no such option: "limit", the options are wait'],
    ['query', [], `${aSource} undefined`],
    ['query', [file], 'the query must be a text: received undefined'],
    ['query', [file, 'SELECT 1', null], 'options must be an object: received null'],
    ['query', [file, 'SELECT 1', { since: 5 }], `since ${aDate} 5`],
    [
      'query',
      [file, 'SELECT $a', { parameters: [address] }],
      'parameters must be an object: received an array',
    ],
    ['query', [file, 'SELECT $a', { parameters: { a: 5 } }], 'parameters.a must be a text: received 5'],
    ['query', [file, 'SELECT $a', { params: { a: '5' } }], 'no such option: "params", the options are wait'],
    ['ingest', [], 'a source must be a name'],
    ['ingest', ['sample'], 'options must be an object: received undefined'],
    ['ingest', ['sample', null], 'options must be an object: received null'],
    ['ingest', ['sample', {}], `${anArchive} undefined`],
    ['ingest', ['sample', { archive: '' }], `${anArchive} an empty text`],
    ['ingest', ['sample', { archive: 5 }], `${anArchive} 5`],
    ['ingest', ['sample', file], 'options must be an object: received a text'],
    [
      'ingest',
      ['sample', { archive: file, workers: -1 }],
      'workers must be a whole number, 0 or more: received -1',
    ],
    ['ingest', ['sample', { archive: file, worker: 1 }], 'no such option: "worker", the options are archive'],
    ['follow', [], 'a source must be a name'],
    ['follow', ['sample', {}], `${anArchive} undefined`],
    [
      'follow',
      ['sample', { archive: file, every: '60' }],
      'every must be a number, 0 or more: received a text',
    ],
    ['follow', ['sample', { archive: file, every: -1 }], 'every must be a number, 0 or more: received -1'],
    ['follow', ['sample', { archive: file, onBatch: 5 }], 'onBatch must be a function: received 5'],
    ['follow', ['sample', { archive: file, signal: true }], 'signal must be an AbortSignal: received true'],
    [
      'follow',
      ['sample', { archive: file, onlyObjects: [] }],
      'no such option: "onlyObjects", the options are',
    ],
    ['ingestQueue', [], 'the URL of the queue must be a text: received undefined'],
    ['ingestQueue', [queue, {}], `${anArchive} undefined`],
    ['ingestQueue', [queue, { archive: file, follow: 1 }], 'follow must be true or false: received 1'],
    [
      'ingestQueue',
      [queue, { archive: file, visibilityTimeout: 0 }],
      'visibilityTimeout must be a whole number, 1 or more: received 0',
    ],
    [
      'ingestQueue',
      [queue, { archive: file, every: 60 }],
      'no such option: "every", the options are archive',
    ],
    ['forget', [], 'address must be a text: received undefined'],
    ['forget', [[address], { archive: file }], 'address must be a text: received an array'],
    ['forget', [address], 'options must be an object: received undefined'],
    ['forget', [address, {}], `${anArchive} undefined`],
    ['forget', [address, { archive: file, remove: 'yes' }], 'remove must be true or false: received a text'],
    [
      'forget',
      [address, { archive: file, dryrun: true }],
      'no such option: "dryrun", the options are archive',
    ],
    ['prune', [], `before ${aDate} undefined`],
    ['prune', ['2025-01-01', { archive: file }], `before ${aDate} "2025-01-01"`],
    ['prune', [new Date('x'), { archive: file }], 'before is an invalid date'],
    ['prune', [new Date(0), {}], `${anArchive} undefined`],
    ['prune', [new Date(0), { archive: file, dryRun: 1 }], 'dryRun must be true or false: received 1'],
    ['prune', [new Date(0), { archive: file, remove: true }], 'no such option: "remove", the options are'],
    ['replayRejects', [], 'options must be an object: received undefined'],
    ['replayRejects', [{}], `${anArchive} undefined`],
    ['replayRejects', [{ archive: file, reason: 5 }], 'reason must be a text: received 5'],
    ['replayRejects', [{ archive: file, limits: 5 }], 'limits must be an object: received 5'],
    ['replayRejects', [{ archive: file, rejects: 5 }], 'no such option: "rejects", the options are archive'],
    ['readArchive', [], `the ${anArchive} undefined`],
    ['readArchive', [file], 'options must be an object: received undefined'],
    ['readArchive', [file, () => {}], 'options must be an object: received a function'],
    ['readArchive', [file, {}], 'the work must be a function: received undefined'],
  ])('%s(...%j) is a TypeError before anything is opened', async (name, args, message) => {
    const error = await errorOf(name, args);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toContain(address);
  });

  it('accepts undefined for each option', async () => {
    const options = { since: undefined, limit: undefined, tag: undefined, wait: undefined, sinc: undefined };
    expect(await ask(archive.path, 'kinds', options).all()).toEqual(await ask(archive.path, 'kinds').all());
  });

  it('accepts the limits 0 and all', async () => {
    expect(await ask(archive.path, 'kinds', { limit: 0 }).all()).toEqual([]);
    expect(await ask(archive.path, 'kinds', { limit: 'all' }).all()).not.toEqual([]);
  });
});

describe('the SQL of a limit', () => {
  const untyped = (limit: unknown) => ({ limit: limit as number }); // a caller without types

  it('never contains another value than a whole number or ALL', () => {
    const wrong = fc.anything().filter((value) => !Number.isSafeInteger(value) || Number(value) < 0);
    fc.assert(
      fc.property(
        wrong.filter((value) => value !== undefined && value !== 'all'),
        fc.constantFrom(...questions()),
        (limit, question) => {
          expect(() => questionSql(question, untyped(limit), duckdb)).toThrow(TypeError);
        },
      ),
    );
  });

  it.each([
    ['listRejects', listRejects],
    ['listDuplicates', listDuplicates],
    ['listIgnored', listIgnored],
  ])('is checked by %s', async (_, list) => {
    await readArchive(archive.path, {}, async (database) => {
      for (const limit of ['1 OFFSET 3', -1, 1.5, null]) {
        await expect(list(database, untyped(limit)).next()).rejects.toThrow(TypeError);
      }
    });
  });
});
