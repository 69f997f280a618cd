import { type Answer, answer, call } from '../answers/answer';
import type { Clients } from '../answers/clients';
import type { Deployment } from '../examine';
import { type Finding, failure, notChecked, ok, unanswered } from '../findings/finding';
import { age } from '../findings/wording';
import { type AwaitedKind, Watch } from './watch';

/**
 * The address of the mailbox simulator to which every delivery succeeds. Its mail does not affect the
 * reputation, and the sandbox allows it.
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
const simulator = 'success@simulator.amazonses.com';

/** Sends one message with a configuration set; returns its id, which its events contain. */
function sendTestMessage(
  { sesv2 }: Clients,
  { from, configurationSet }: { from: string; configurationSet: string },
): Promise<Answer<string>> {
  return answer(async () => {
    const request = sesv2.sendEmail({
      FromEmailAddress: from,
      Destination: { ToAddresses: [simulator] },
      ConfigurationSetName: configurationSet,
      Content: {
        Simple: {
          Subject: { Data: 'Test of the email event archive' },
          Body: { Text: { Data: 'Sent by ses-events doctor --send.' } },
        },
      },
    });
    const { MessageId = '' } = await call('ses:SendEmail', request);
    return MessageId;
  });
}

/** The sender of the test message, and the time to wait for its events. */
interface SendRequest {
  /** An address of a verified identity. */
  readonly from: string;
  /** @default - the stream's buffering interval plus two minutes */
  readonly waitSeconds?: number | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Called after the message is sent and before the wait; `state` returns the current progress. */
  readonly onWait?: (messageId: string, waitSeconds: number, state: () => string) => void;
}

/** Further seconds for Firehose and SES, in addition to the buffering. */
const margin = 120;

/** The kinds of event that the message causes, by SES's name for them. */
const awaited: readonly (readonly [type: string, kind: AwaitedKind])[] = [
  ['SEND', 'Send'],
  ['DELIVERY', 'Delivery'],
];

/**
 * Sends a message to the mailbox simulator, and waits until its events are in the bucket.
 * @param deployment the result of `examine`
 */
async function sendAndWait(clients: Clients, deployment: Deployment, request: SendRequest): Promise<Finding> {
  const { place, destination, archive } = deployment;
  if (destination === undefined || archive === undefined)
    return notChecked('send', 'there is no path from SES to a bucket');
  const kinds = awaited
    .filter(([type]) => destination.types.some((one) => one === type))
    .map(([, kind]) => kind);
  if (kinds.length === 0)
    return notChecked('send', 'the event destination records neither Send nor Delivery');
  const { from, waitSeconds = archive.bufferingSeconds + margin, signal } = request;
  const watch = await Watch.start(clients, archive);
  const { configurationSet } = place;
  const sent = await sendTestMessage(clients, { from, configurationSet });
  if (sent.state === 'failed')
    return failure(
      'send',
      `SES did not send the test message: ${sent.reason}`,
      'send from a verified identity (--from)',
    );
  if (sent.state !== 'found') {
    const absence = {
      message: 'the identity or the configuration set does not exist',
      fix: 'check --from and --configuration-set',
    };
    return unanswered('send', 'send the test message', sent, absence);
  }
  const started = performance.now();
  const state = () =>
    kinds.map((kind) => `${kind} ${watch.arrivals.kinds.has(kind) ? 'arrived' : 'not arrived'}`).join(', ');
  request.onWait?.(sent.value, waitSeconds, state);
  const hasAll = await watch.wait({ id: sent.value, kinds }, waitSeconds * 1000, signal);
  const passed = age(performance.now() - started);
  const message = `message ${sent.value}`;
  if (!hasAll && signal.aborted)
    return notChecked('send', `${message}: interrupted after ${passed}: ${state()}`);
  if (!hasAll) {
    return failure(
      'send',
      `${message}: after ${passed}, ${state()}`,
      'check the findings above, or wait longer with --wait',
    );
  }
  if (watch.arrivals.isError) {
    return failure(
      'send',
      `${message}: Firehose wrote ${kinds.join(' and ')} to the errors prefix after ${passed}`,
      'run doctor again: the check errors shows the error codes',
    );
  }
  return ok('send', `${message}: ${kinds.join(' and ')} arrived in the bucket after ${passed}`);
}

export { sendAndWait };
