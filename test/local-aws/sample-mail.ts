import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalAws } from './local-aws';
import { Mailer } from './mailer';

/** Recipients of the sample: addresses of the mailbox simulator, and one that gets a delivery. */
const recipients = [
  'ana@example.com',
  'success@simulator.amazonses.com',
  'bounce@simulator.amazonses.com',
  'complaint@simulator.amazonses.com',
  'ooto@simulator.amazonses.com',
  'suppressionlist@simulator.amazonses.com',
];

/** Time after which a message is delivered; a recipient opens it later. */
const deliverySeconds = 0.5;

/** Counts of the sample. */
interface SentSample {
  messages: number;
  events: number;
}

/**
 * Sends a message to each recipient, opens the first message and follows a link in it. Then delivers all events.
 * @throws {Error} with the reasons, when SES cannot publish an event
 */
async function sendSample(aws: LocalAws, configurationSet: string): Promise<SentSample> {
  const mailer = new Mailer(aws, configurationSet);
  try {
    await mailer.verify();
    const ids: string[] = [];
    for (const recipient of recipients) ids.push(await mailer.send(recipient));
    const [first = ''] = ids;
    await sleep(deliverySeconds * 1000);
    await aws.ses.open(first);
    await aws.ses.click(first, 'https://shop.example/orders/1');
  } finally {
    mailer.client.destroy();
  }
  await aws.firehose.flush();
  const refused = aws.ses.publications.flatMap(({ refused: reason }) => reason ?? []);
  if (refused.length > 0) throw new Error(`SES could not publish events: ${refused.join('; ')}`);
  return { messages: recipients.length, events: aws.ses.publications.length };
}

export { type SentSample, sendSample };
