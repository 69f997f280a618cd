import {
  CreateEmailIdentityCommand,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import type { LocalAws } from './local-aws';

/** Sends mail from shop.example with a configuration set, through the SDK. */
class Mailer {
  readonly client: SESv2Client;

  constructor(
    aws: LocalAws,
    private readonly configurationSet: string,
  ) {
    this.client = new SESv2Client(aws.access);
  }

  /** Verifies the domain of the sender. */
  async verify(): Promise<void> {
    await this.client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'shop.example' }));
  }

  /** Sends a message and returns its id. */
  async send(address: string, content?: SendEmailCommandInput['Content']): Promise<string> {
    const text = { Data: 'Your order is on its way.' };
    const { MessageId = '' } = await this.client.send(
      new SendEmailCommand({
        FromEmailAddress: 'Shop <orders@shop.example>',
        Destination: { ToAddresses: [address] },
        Content: content ?? { Simple: { Subject: { Data: 'Your order' }, Body: { Text: text } } },
        ConfigurationSetName: this.configurationSet,
      }),
    );
    return MessageId;
  }
}

export { Mailer };
