import type { Mail } from '../../events';
import type { Random } from '../seed/random';
import type { Message } from './message';

/** As a Send records it: SES has not rendered a template yet, so there is no subject, and no identity. */
function sendMail({ mail, sender }: Message): Mail {
  if (sender.operation !== 'SendTemplatedEmail') return mail;
  const { sourceArn: _, ...rest } = mail;
  const { subject: __, ...commonHeaders } = mail.commonHeaders ?? {};
  const headers = (mail.headers ?? []).filter((header) => header.name !== 'Subject');
  return { ...rest, headers, commonHeaders };
}

/** As a Delivery records it: with the way it went out. */
function deliveryMail({ mail, sender }: Message, random: Random): Mail {
  const tags = {
    ...mail.tags,
    'ses:outgoing-ip': [`198.51.100.${random.integer(110, 125)}`],
    ...(sender.sourceTlsVersion && { 'ses:outgoing-tls-version': ['TLSv1.3'] }),
  };
  return { ...mail, tags };
}

/** As an Open or a Click records it: without identity, and with a Message-ID that reads null. */
function engagementMail({ mail }: Message): Mail {
  const { sourceArn: _, ...rest } = mail;
  const headers = (mail.headers ?? []).map((header) =>
    header.name === 'Message-ID' ? { name: 'Message-ID', value: 'null' } : header,
  );
  return { ...rest, headers };
}

/** As a Rendering Failure or a DeliveryDelay records it: no headers, and no tag but the configuration set. */
function bareMail({ mail, sender }: Message): Mail {
  const { headers: _, commonHeaders: __, ...rest } = mail;
  return { ...rest, tags: { 'ses:configuration-set': [sender.configurationSet] } };
}

export { bareMail, deliveryMail, engagementMail, sendMail };
