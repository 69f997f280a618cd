import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ArchiveError } from '../../../consumer/archive/store/archive-error';
import type { EventSteps } from '../../../consumer/queries/trace/event-steps';
import { Timeline } from '../../../consumer/queries/trace/timeline';
import { runs } from '../../property-runs';

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('a\ud800\n'));
const happening = fc.record({ what: text, recipients: fc.array(text, { maxLength: 3 }) });
const eventsOfMessages: fc.Arbitrary<EventSteps[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    origin: fc.constantFrom('event-publishing' as const, 'legacy-notification' as const),
    eventType: fc.constantFrom('Bounce' as const, 'Delivery' as const),
    time: fc.option(fc.date({ noInvalidDate: true }), { nil: undefined }),
    messageId: fc.constantFrom('one', 'two'),
    subject: fc.option(text, { nil: undefined }),
    feedbackId: fc.constantFrom(undefined, 'f'),
    places: fc.array(text, { maxLength: 2 }),
    attribution: fc.constantFrom('named' as const, 'candidates' as const, 'unknown' as const),
    happenings: fc.array(happening, { maxLength: 3 }),
  }),
  { selector: ({ id }) => id, maxLength: 20 },
);

/** Longer than the texts that are held in memory. */
const long = 'x'.repeat(300_000);

function timelineOf(events: readonly EventSteps[], folder?: string): Timeline {
  const timeline = new Timeline(folder);
  for (const event of events) timeline.add(event);
  return timeline;
}

describe('a timeline with texts in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-timeline-'));
  afterEach(() => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has the steps of a timeline in memory, whatever the texts and the limit', () => {
    fc.assert(
      fc.property(eventsOfMessages, fc.nat(20), fc.nat(30), (found, longIndex, limit) => {
        const events = found.map((event, index) =>
          index === longIndex ? { ...event, happenings: [{ what: long, recipients: [] }] } : event,
        );
        const [inFile, inMemory] = [timelineOf(events, folder), timelineOf(events)];
        expect(inFile.count).toBe(inMemory.count);
        const steps = [...inMemory.newest()];
        expect([...inFile.newest()]).toEqual(steps);
        expect([...inFile.newest(limit)]).toEqual(limit === 0 ? [] : steps.slice(-limit));
      }),
      { numRuns: runs(100) },
    );
  });

  const event: EventSteps = {
    id: 'e',
    origin: 'event-publishing',
    eventType: 'Delivery',
    time: undefined,
    messageId: 'm',
    subject: undefined,
    feedbackId: undefined,
    places: [],
    attribution: 'named',
    happenings: [{ what: 'delivered', recipients: ['ana@example.com'] }],
  };
  const longEvent = { ...event, places: [long] };

  it('writes no file for short texts', () => {
    timelineOf([event, event], folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes one file per timeline, which only its owner can read', () => {
    timelineOf([event, longEvent, event, longEvent], folder);
    timelineOf([longEvent], folder);
    const files = readdirSync(folder);
    expect(files).toHaveLength(2);
    for (const name of files) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('reports a file that cannot be written, without its texts', () => {
    const absent = join(folder, 'absent');
    const adding = () => timelineOf([longEvent], absent);
    expect(adding).toThrow(ArchiveError);
    expect(adding).toThrow(/^cannot write the temporary file .+ENOENT.+: free disk space and try again$/);
    expect(adding).not.toThrow('ana@example.com');
  });
});
