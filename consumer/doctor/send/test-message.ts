import { type Answer, answer, call } from '../answers/answer';
import type { Clients } from '../answers/clients';

/**
 * The address of the mailbox simulator whose mail is always delivered; it counts for no reputation, and the sandbox
 * allows it.
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
const simulator = 'success@simulator.amazonses.com';

/** Sends one message with a configuration set; its id, which its events have. */
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

export { sendTestMessage, simulator };
