import type { KnownEvent } from '../../../../consumer/events';
import type { AwsAnswer, Handler } from '../handler';
import { accountRoutes } from './account';
import { AwsClients } from './aws-clients';
import { configurationSetRoutes } from './configuration-sets';
import { eventDestinationRoutes } from './event-destinations';
import { identityRoutes } from './identities';
import { engagementMail } from './mail-block';
import { sendEmailInput } from './mail-content';
import { type Publication, Publisher, type StreamSink } from './publisher';
import { matchPath, type Route, route } from './route';
import { sendEmail } from './send-email';
import { SesError } from './ses-error';
import { whyNotAssume } from './ses-permission';
import { type Message, SesRegion } from './ses-region';
import { tagRoutes } from './tags';
import { templateRoutes } from './templates';

/** The client that opens a message or follows a link. */
interface Engagement {
  ipAddress?: string;
  userAgent?: string;
}

const browser =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0';

/**
 * Amazon SES, API v2: configuration sets with event destinations, tags, identities, templates and mail. Publishes events
 * to Firehose and SNS if the policies in IAM, KMS and SNS allow it.
 *
 * Events are published before the response to SendEmail, so tests do not have to wait for them.
 *
 * @example
 * const ses = new SesV2(moto.url, firehose);
 * const companion = await Companion.start(moto.url, [ses.handle, firehose.handle]);
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/Welcome.html
 */
class SesV2 {
  private readonly regions = new Map<string, { region: SesRegion; clients: AwsClients }>();
  private readonly publisher: Publisher;
  private readonly routes: readonly Route[];

  constructor(
    private readonly upstream: string,
    sink: StreamSink,
  ) {
    this.publisher = new Publisher(sink);
    this.routes = [
      ...configurationSetRoutes,
      ...eventDestinationRoutes(({ arn: configurationSetArn }, { KinesisFirehoseDestination: stream }) => {
        if (stream === undefined) return Promise.resolve(undefined);
        const { clients } = this.regionOf(configurationSetArn.split(':')[3] ?? '');
        return whyNotAssume(clients, { roleArn: stream.IamRoleArn, configurationSetArn });
      }),
      ...tagRoutes,
      ...identityRoutes,
      ...templateRoutes,
      ...accountRoutes,
      route('POST', '/v2/email/outbound-emails', sendEmailInput, async ({ region, input }) => {
        const { message, events } = sendEmail(region, input, Date.now());
        for (const event of events) await this.publish(region.name, message, event);
        return { MessageId: message.id };
      }),
    ];
  }

  /** All attempts to publish events, in order. */
  get publications(): readonly Publication[] {
    return this.publisher.publications;
  }

  /** Handles calls of the SES API v2. */
  readonly handle: Handler = async (request) => {
    if (request.service !== 'ses' || !request.path.startsWith('/v2/email/')) return undefined;
    try {
      for (const each of this.routes) {
        const parts = matchPath(each, request.method, request.path);
        if (parts === undefined) continue;
        const { region } = this.regionOf(request.region);
        return json(200, (await each.answer(request, region, parts)) ?? {});
      }
      throw new SesError('NotFoundException', `${request.method} ${request.path} is not supported`);
    } catch (error) {
      if (!(error instanceof SesError)) throw error;
      const { status, code, message } = error;
      return json(status, { message }, { 'x-amzn-ErrorType': code });
    }
  };

  /** Publishes an open of a message. */
  async open(
    messageId: string,
    { ipAddress = '192.0.2.80', userAgent = browser }: Engagement = {},
  ): Promise<void> {
    const { region, message } = this.messageOf(messageId);
    const timestamp = new Date().toISOString();
    const open = { ipAddress, timestamp, userAgent };
    await this.publish(region, message, { eventType: 'Open', mail: engagementMail(message), open });
  }

  /** Publishes a click in a message. */
  async click(
    messageId: string,
    link: string,
    { ipAddress = '192.0.2.80', userAgent = browser }: Engagement = {},
  ): Promise<void> {
    const { region, message } = this.messageOf(messageId);
    const timestamp = new Date().toISOString();
    const click = { ipAddress, timestamp, userAgent, link, linkTags: null };
    await this.publish(region, message, { eventType: 'Click', mail: engagementMail(message), click });
  }

  close(): void {
    for (const { clients } of this.regions.values()) clients.close();
  }

  private regionOf(name: string): { region: SesRegion; clients: AwsClients } {
    const found = this.regions.get(name);
    if (found !== undefined) return found;
    const made = { region: new SesRegion(name), clients: new AwsClients(this.upstream, name) };
    this.regions.set(name, made);
    return made;
  }

  private messageOf(id: string): { region: string; message: Message } {
    for (const { region } of this.regions.values()) {
      const message = region.messages.get(id);
      if (message !== undefined) return { region: region.name, message };
    }
    throw new Error(`there is no message ${id}`);
  }

  private async publish(region: string, message: Message, event: KnownEvent): Promise<void> {
    const { configurationSet } = message;
    if (configurationSet === undefined) return;
    await this.publisher.publish(this.regionOf(region).clients, configurationSet, event);
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): AwsAnswer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export { SesV2 };
