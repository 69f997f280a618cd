import { gzipSync } from 'node:zlib';
import { eventKinds } from '../../../consumer/events';
import { fixtureText } from '../../fixtures/load';
import { leftOutText, rejectedTexts, sendText, tenKinds } from '../records';
import { eventLines, runRead } from '../run-read';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const odd =
  '{ "eventType" : "Send",\t"mail":{"timestamp":"2026-03-04T05:06:07Z","messageId":"a\\u002fb", "x":1.50},"send":{} }';
scratch.write('mixed/1.gz', gzipSync(tenKinds));
scratch.write('mixed/2', [...rejectedTexts.map(([, text]) => text), leftOutText, odd].join('\n'));
scratch.write('mixed/3.json', fixtureText('bounce', 'permanent-general'));
scratch.write('mixed/4.json', JSON.stringify(JSON.parse(fixtureText('pinpoint-email', 'hardbounce'))));
const mixed = scratch.at('mixed');
const mixedCounts = {
  records: eventKinds.length + 7,
  events: eventKinds.length + 3,
  rejected: 3,
  skipped: 1,
  unexamined: 0,
  objects: 4,
};
const nothing = scratch.write('nothing', '');

const hostile = [
  ['=cmd', "'=cmd"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['\t=1', "'\t=1"],
  ['=1,"2"', `"'=1,""2"""`],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['a=b', 'a=b'],
  ['Grün <g@shop.example>', 'Grün <g@shop.example>'],
] as const;
const csvTexts = hostile.map(([source], index) =>
  sendText(`m${index}`, { source, destination: ['a@x.example', 'b@x.example'] }),
);
scratch.write('hostile', csvTexts.join('\n'));

describe('read in a pipe', () => {
  it.concurrent('writes one event per line with its id and provenance only', async () => {
    const result = await runRead([mixed]);
    const lines = eventLines(result);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(['id', 'event', 'provenance']);
      expect(line.id).toMatch(/^[0-9a-f]{32}$/);
      expect(line.provenance).toMatchObject({
        object: expect.stringContaining(mixed),
        offset: expect.any(Number),
      });
    }
    expect(lines.slice(0, eventKinds.length).map(({ event }) => event.eventType)).toEqual(eventKinds);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(mixedCounts.events);
    expect(result.counts).toEqual(mixedCounts);
    expect(result.code).toBe(3);
  });

  it.concurrent('does not change the text of an event', async () => {
    const { stdout } = await runRead(['--format', 'ndjson', mixed]);
    expect(stdout).toContain(`"event":${odd},"provenance"`);
    expect(stdout).toContain(`"event":${tenKinds.split('\n')[4]},"provenance"`);
  });

  it.concurrent('writes an event of several lines, or of Pinpoint, as one line of event publishing', async () => {
    const lines = eventLines(await runRead([scratch.at('mixed/3.json'), scratch.at('mixed/4.json')]));
    expect(lines.map(({ event }) => event.eventType)).toEqual(['Bounce', 'Bounce']);
    expect(lines.map(({ provenance }) => provenance.origin)).toEqual(['event-publishing', 'pinpoint']);
    expect(lines[0]?.event).toEqual(JSON.parse(fixtureText('bounce', 'permanent-general')));
  });
});

describe('read --format', () => {
  it.concurrent('json writes one array of the lines of ndjson', async () => {
    const [json, ndjson] = await Promise.all([runRead(['--format', 'json', mixed]), runRead([mixed])]);
    expect(JSON.parse(json.stdout)).toEqual(eventLines(ndjson));
    expect(json.counts).toEqual(mixedCounts);
    expect(json.code).toBe(3);
  });

  it.concurrent('table counts kinds, rejects and skipped records, and shows no event', async () => {
    const { stdout, counts, code } = await runRead(['--format', 'table', mixed]);
    for (const kind of eventKinds) expect(stdout).toMatch(new RegExp(`│ ${kind} +│ +\\d+ │`));
    for (const [reason] of rejectedTexts) expect(stdout).toMatch(new RegExp(`│ ${reason} +│ +1 │`));
    expect(stdout).toContain(`${scratch.at('mixed/2')} at byte 0`);
    expect(stdout).toMatch(/│ other-pinpoint-event +│ +1 │/);
    expect(stdout).not.toContain('messageId');
    expect(stdout).not.toContain('\u001b');
    expect(counts).toEqual(mixedCounts);
    expect(code).toBe(3);
  });

  it.concurrent('table has counts of events without rates, and names the command for rates', async () => {
    const { stdout } = await runRead(['--format', 'table', mixed]);
    expect(stdout).toContain(
      'Counts include duplicates. For rates, run ses-events ingest, then ses-events ask health',
    );
    expect(stdout).not.toMatch(/rate │|review|deliverability|machine/);
  });

  it.concurrent('csv neutralizes formulas, quotes where necessary, and ends lines with CRLF', async () => {
    const { stdout, code } = await runRead(['--format', 'csv', 'hostile'], { cwd: scratch.path });
    let offset = 0;
    const rows = hostile.map(([, cell], index) => {
      const row = `Send,2026-03-04T05:06:07.890Z,m${index},a@x.example b@x.example,${cell},hostile,${offset}\r\n`;
      offset += Buffer.byteLength(csvTexts[index] ?? '') + 1;
      return row;
    });
    const header = 'id,event_type,event_time,message_id,recipients,source,object,offset\r\n';
    expect(stdout.replaceAll(/^[0-9a-f]{32},/gm, '')).toBe(header + rows.join(''));
    expect(code).toBe(0);
  });

  it.concurrent.each([
    ['ndjson', ''],
    ['json', '[\n\n]\n'],
    ['csv', 'id,event_type,event_time,message_id,recipients,source,object,offset\r\n'],
  ])('%s of no events is complete', async (format, expected) => {
    const { stdout, counts, code } = await runRead(['--format', format, nothing]);
    expect(stdout).toBe(expected);
    expect(counts).toMatchObject({ records: 0, objects: 1 });
    expect(code).toBe(0);
  });
});
