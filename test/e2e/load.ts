import { eventId } from '../../consumer/records/event-id';
import { type SampleEvent, sampleEvents } from '../../consumer/sample';

/** Number of events per broken record. */
const brokenEvery = 10_000;

/** Returns a record that is not an event, different each time. */
function brokenRecord({ event }: SampleEvent, index: number): string {
  const text = JSON.stringify(event);
  const forms = [
    text.slice(0, Math.floor(text.length / 2)).trimEnd(), // white space around a record is not part of it
    JSON.stringify({ eventType: event.eventType, mail: event.mail }),
    `WARN worker ${index}: connection reset, retrying`,
    `{"foo":${index}}`,
  ];
  return forms[index % forms.length] ?? '';
}

/** Generates records for Firehose, and collects the ids of events and the broken records. */
class Load {
  readonly goodIds = new Set<string>();
  readonly broken = new Set<string>();

  /** @param events number of valid events */
  constructor(private readonly events: number) {}

  *records(): Generator<Buffer> {
    let index = 0;
    for (const sample of sampleEvents({ events: this.events, seed: 20260304 })) {
      const text = JSON.stringify(sample.event);
      this.goodIds.add(eventId(text));
      yield Buffer.from(`${text}\n`);
      if (++index % brokenEvery > 0) continue;
      const broken = brokenRecord(sample, index / brokenEvery);
      this.broken.add(broken);
      yield Buffer.from(`${broken}\n`);
    }
  }
}

export { brokenEvery, Load };
