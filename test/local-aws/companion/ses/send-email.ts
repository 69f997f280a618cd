import { randomUUID } from 'node:crypto';
import type { KnownEvent } from '../../../../consumer/events';
import { identityOf } from './identities';
import { bareMail, mailBlock } from './mail-block';
import { addressIn, headersOf, recipientsOf, type SendEmailInput } from './mail-content';
import { SesError } from './ses-error';
import type { ConfigurationSet, Message, SesRegion } from './ses-region';
import { eventsAt } from './simulator';
import { missingAttribute, templateOf } from './templates';

/** A message, with its events. */
interface Sent {
  message: Message;
  events: KnownEvent[];
}

/** The test file that every virus scanner detects, by a text in it. */
const testVirus = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

function bodyHolds({ Content: { Raw, Simple } }: SendEmailInput, wanted: string): boolean {
  const raw = Buffer.from(Raw?.Data ?? '', 'base64').toString();
  return [raw, Simple?.Body.Text?.Data, Simple?.Body.Html?.Data].some((text) => text?.includes(wanted));
}

function tagsOf(
  input: SendEmailInput,
  headers: readonly { name: string; value: string }[],
): Record<string, string> {
  const header = headers.find(({ name }) => name.toLowerCase() === 'x-ses-message-tags')?.value ?? '';
  const written = [...header.matchAll(/([^=,\s]+)=([^,\s]+)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return Object.fromEntries([...written, ...input.EmailTags.map(({ Name, Value }) => [Name, Value])]);
}

/** Returns the configuration set of the call, otherwise of a header, otherwise of the identity. */
function configurationSetOf(
  region: SesRegion,
  names: readonly (string | undefined)[],
): ConfigurationSet | undefined {
  const name = names.find((each) => each !== undefined);
  if (name === undefined) return undefined;
  const set = region.configurationSet(name);
  const sending = set.options.SendingOptions;
  if (typeof sending === 'object' && sending !== null && 'SendingEnabled' in sending) {
    if (sending.SendingEnabled === false) {
      throw new SesError('SendingPausedException', `Sending is paused for configuration set <${name}>.`);
    }
  }
  return set;
}

/** The template of a message, its name, and the missing attribute. */
function failureOf(region: SesRegion, { Content: { Template } }: SendEmailInput) {
  if (Template === undefined) return undefined;
  const name = Template.TemplateName ?? Template.TemplateArn?.split('/').at(-1) ?? '';
  const attribute = missingAttribute(
    Template.TemplateContent ?? templateOf(region, name),
    JSON.parse(Template.TemplateData),
  );
  if (attribute === undefined) return undefined;
  return {
    templateName: name,
    errorMessage: `Attribute '${attribute}' is not present in the rendering data.`,
  };
}

/**
 * Accepts a message. Returns its id and its events in order. If the data for a template is incomplete, the message is
 * accepted but not rendered: there is no Send and no Delivery.
 *
 * @throws {SesError} when the set or template does not exist, or the sender is not verified
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
function sendEmail(region: SesRegion, input: SendEmailInput, now: number): Sent {
  const headers = headersOf(input);
  const written = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value;
  const source = input.FromEmailAddress ?? written('from') ?? '';
  const identity = identityOf(region, addressIn(source));
  const destination = recipientsOf(input, headers);
  if (destination.length === 0) throw new SesError('BadRequestException', 'Missing final recipient');
  const configurationSet = configurationSetOf(region, [
    input.ConfigurationSetName,
    written('x-ses-configuration-set'),
    identity.configurationSet,
  ]);
  const failure = failureOf(region, input);
  const { Raw, Template } = input.Content;
  const operation =
    Raw !== undefined ? 'SendRawEmail' : Template !== undefined ? 'SendTemplatedEmail' : 'SendEmail';
  const tags: Record<string, string> = {
    'ses:operation': operation,
    ...(configurationSet && { 'ses:configuration-set': configurationSet.name }),
    'ses:source-ip': '192.0.2.10',
    'ses:from-domain': addressIn(source).split('@').at(-1) ?? '',
    'ses:caller-identity': 'sender',
    ...tagsOf(input, headers),
  };
  const message: Message = {
    id: `0102${now.toString(16).padStart(12, '0')}-${randomUUID()}-000000`,
    ...{ sent: now, source, sourceArn: identity.arn, destination, headers, configurationSet },
    subject: written('subject'),
    tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
  };
  region.messages.set(message.id, message);
  if (failure !== undefined) {
    return { message, events: [{ eventType: 'Rendering Failure', mail: bareMail(message), failure }] };
  }
  const mail = mailBlock(message);
  const accepted: KnownEvent = { eventType: 'Send', mail, send: {} };
  if (bodyHolds(input, testVirus)) {
    return { message, events: [accepted, { eventType: 'Reject', mail, reject: { reason: 'Bad content' } }] };
  }
  return { message, events: [accepted, ...destination.flatMap((address) => eventsAt(address, message))] };
}

export { sendEmail };
