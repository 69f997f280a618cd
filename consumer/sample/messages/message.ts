import type { Mail } from '../../events';
import type { Provider } from '../profiles/providers';
import { customers, importedContacts, pickRecipients, type Recipient } from '../profiles/recipients';
import { type Campaign, type Sender, type Subject, sendersByVolume } from '../profiles/senders';
import type { Random } from '../seed/random';
import { isoTime, sesId } from './identifiers';

/** A message that a sender passed to SES. */
interface Message {
  /** Send time, in epoch milliseconds. */
  sent: number;
  sender: Sender;
  campaign: Campaign;
  recipients: readonly [Recipient, ...Recipient[]];
  /** The `mail` block of its events, with all fields. */
  mail: Mail;
}

/** Options of a scenario for its message. The rest is random. */
interface MessageOptions {
  /** @default - by volume */
  sender?: Sender;
  /** @default - one of the sender's campaigns */
  campaign?: Campaign;
  /** @default 1 */
  recipientCount?: number;
  /** The provider of the first recipient. @default - by share */
  provider?: Provider;
  /** The value of the tag `audience` for a list of old addresses. Their recipients have no other mail. */
  importedList?: string;
  /** @default - one of the campaign's subjects */
  subject?: Subject;
}

type Headers = NonNullable<Mail['headers']>;

function buildHeaders(message: Omit<Message, 'mail'>, subject: Subject, random: Random): Headers {
  const { sender, recipients, sent } = message;
  const unsubscribe = `https://${sender.domain}/unsubscribe?t=${random.hex(3)}`;
  return [
    { name: 'From', value: sender.source },
    { name: 'Reply-To', value: `support@${sender.domain}` },
    { name: 'To', value: recipients.map((recipient) => recipient.mailbox).join(', ') },
    { name: 'Subject', value: subject.header },
    { name: 'MIME-Version', value: '1.0' },
    {
      name: 'Content-Type',
      value: `multipart/alternative;  boundary="----=_Part_${random.integer(100_000, 999_999)}.${sent}"`,
    },
    { name: 'Message-ID', value: `<${sent}.${random.hex(2)}@mta.${sender.domain}>` },
    { name: 'List-Unsubscribe', value: `<${unsubscribe}>, <mailto:unsubscribe@${sender.domain}>` },
  ];
}

type Tags = NonNullable<Mail['tags']>;

function buildTags(sender: Sender, campaign: Campaign): Tags {
  return {
    ...(sender.sourceTlsVersion && { 'ses:source-tls-version': [sender.sourceTlsVersion] }),
    'ses:operation': [sender.operation],
    'ses:configuration-set': [sender.configurationSet],
    'ses:source-ip': [sender.sourceIp],
    'ses:from-domain': [sender.domain],
    'ses:caller-identity': [sender.callerIdentity],
    campaign: [campaign.name],
    template: [campaign.template],
    ...sender.tags,
  };
}

/** The tags of the messages of each campaign, because creating them for each message took a tenth of the time. */
const tagsByCampaign = new Map<Campaign, Tags>();

function tagsOf(sender: Sender, campaign: Campaign, importedList: string | undefined): Tags {
  const tags = tagsByCampaign.get(campaign) ?? buildTags(sender, campaign);
  tagsByCampaign.set(campaign, tags);
  return importedList === undefined ? tags : { ...tags, audience: [importedList] };
}

/** Formats a date for RFC 5322, with a numeric zone. */
function mailDate(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}

/** Creates a message of a sender, with its `mail` block. */
function createMessage(random: Random, sent: number, options: MessageOptions = {}): Message {
  const sender = options.sender ?? random.pick(sendersByVolume);
  const campaign = options.campaign ?? random.pick(sender.campaigns);
  const subject = options.subject ?? random.pick(campaign.subjects);
  const { importedList, provider, recipientCount = 1 } = options;
  const population = importedList === undefined ? customers : importedContacts;
  const recipients = pickRecipients(random, recipientCount, population, provider);
  const messageId = sesId(random, sender.region, sent);
  const message = { sent, sender, campaign, recipients };
  const isRaw = sender.operation === 'SendRawEmail';
  const mail: Mail = {
    timestamp: isoTime(sent),
    source: sender.source,
    sourceArn: `arn:aws:ses:${sender.region}:${sender.accountId}:identity/${sender.domain}`,
    sendingAccountId: sender.accountId,
    messageId,
    destination: recipients.map((recipient) => recipient.address),
    headersTruncated: false,
    headers: isRaw ? [] : buildHeaders(message, subject, random),
    commonHeaders: isRaw
      ? { messageId }
      : {
          from: [sender.source],
          replyTo: [`support@${sender.domain}`],
          date: mailDate(sent),
          to: recipients.map((recipient) => recipient.mailbox),
          messageId,
          subject: subject.text,
        },
    tags: tagsOf(sender, campaign, importedList),
  };
  return { ...message, mail };
}

/**
 * Returns the `mail` block of a Send. For templated messages, omits the subject, because SES has not rendered it
 * yet, and the identity.
 */
function sendMailBlock({ mail, sender }: Message): Mail {
  if (sender.operation !== 'SendTemplatedEmail') return mail;
  const { sourceArn: _, ...rest } = mail;
  const { subject: __, ...commonHeaders } = mail.commonHeaders ?? {};
  const headers = (mail.headers ?? []).filter((header) => header.name !== 'Subject');
  return { ...rest, headers, commonHeaders };
}

/** Returns the `mail` block of a Delivery, with the outgoing connection. */
function deliveryMailBlock({ mail, sender }: Message, random: Random): Mail {
  const tags = {
    ...mail.tags,
    'ses:outgoing-ip': [`198.51.100.${random.integer(110, 125)}`],
    ...(sender.sourceTlsVersion && { 'ses:outgoing-tls-version': ['TLSv1.3'] }),
  };
  return { ...mail, tags };
}

/** Returns the `mail` block of an Open or a Click: without identity, and with a null Message-ID. */
function engagementMailBlock({ mail }: Message): Mail {
  const { sourceArn: _, ...rest } = mail;
  const headers = (mail.headers ?? []).map((header) =>
    header.name === 'Message-ID' ? { name: 'Message-ID', value: 'null' } : header,
  );
  return { ...rest, headers };
}

/**
 * Returns the `mail` block of a Rendering Failure or a DeliveryDelay: without headers, and with the configuration
 * set as its only tag.
 */
function minimalMailBlock({ mail, sender }: Message): Mail {
  const { headers: _, commonHeaders: __, ...rest } = mail;
  return { ...rest, tags: { 'ses:configuration-set': [sender.configurationSet] } };
}

export {
  createMessage,
  deliveryMailBlock,
  engagementMailBlock,
  type Message,
  type MessageOptions,
  minimalMailBlock,
  sendMailBlock,
};
