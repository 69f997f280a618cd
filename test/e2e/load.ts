import { eventId } from '../../consumer/records/event-id';
import { type SampleEvent, sampleEvents } from '../../consumer/sample';

/** Every so many events one is followed by a record that is broken. */
const brokenEvery = 10_000;

/** What a producer might write that is no event, each time something else. */
function brokenRecord({ event }: SampleEvent, index: number): string {
  const whole = JSON.stringify(event);
  const forms = [
    whole.slice(0, Math.floor(whole.length / 2)),
    JSON.stringify({ eventType: event.eventType, mail: event.mail }),
    `WARN worker ${index}: connection reset, retrying`,
    `{"foo":${index}}`,
  ];
  return forms[index % forms.length] ?? '';
}

/** Records for Firehose, while it remembers which of them are good, by their ids, and which are broken. */
class Load {
  readonly goodIds = new Set<string>();
  readonly broken = new Set<string>();

  /** @param events how many good records there are */
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
