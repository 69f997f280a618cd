import type { Mail } from '../../../../consumer/events';
import { accountId, type Message } from './ses-region';

/** Functions that convert the values of some headers for `commonHeaders`. */
function listed({ headers }: Message, name: string): string[] | undefined {
  const found = headers.find((header) => header.name.toLowerCase() === name);
  return found?.value.split(/,\s*/);
}

/**
 * The `mail` block of the events of a message, with all fields.
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
function mailBlock(message: Message): Mail {
  const { id, sent, source, sourceArn, destination, headers, subject, tags } = message;
  const [to, cc, replyTo] = ['to', 'cc', 'reply-to'].map((name) => listed(message, name));
  return {
    timestamp: new Date(sent).toISOString(),
    source,
    sourceArn,
    sendingAccountId: accountId,
    messageId: id,
    destination: [...destination],
    headersTruncated: false,
    headers: [...headers],
    commonHeaders: {
      from: [source],
      ...(to && { to }),
      ...(cc && { cc }),
      ...(replyTo && { replyTo }),
      messageId: id,
      ...(subject !== undefined && { subject }),
    },
    tags,
  };
}

/** Returns the block of an Open or a Click: without identity. */
function engagementMail(message: Message): Mail {
  const { sourceArn: _, ...rest } = mailBlock(message);
  return rest;
}

/** Returns the block of a Rendering Failure: without headers, and with the configuration set as its only tag. */
function bareMail(message: Message): Mail {
  const { headers: _, commonHeaders: __, ...rest } = mailBlock(message);
  return { ...rest, tags: { 'ses:configuration-set': message.tags['ses:configuration-set'] ?? [] } };
}

export { bareMail, engagementMail, mailBlock };
