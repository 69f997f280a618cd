import { isJsonObject } from '../../events/json-object';
import { linkKeys, type PersonalValues } from './erase-json';

function child(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The message's block in a record of event publishing, a legacy notification or a Pinpoint record. */
function messageOf(record: unknown): unknown {
  return (
    child(record, 'mail') ??
    child(child(child(child(record, 'facets'), 'email_channel'), 'mail_event'), 'mail')
  );
}

/** All recipients of a record's message; empty when it names none. */
function recipientsOf(record: unknown): string[] {
  const destination = child(messageOf(record), 'destination');
  return Array.isArray(destination) && texts(destination).length === destination.length
    ? texts(destination)
    : [];
}

const readerKeys = new Set(['ipAddress', 'ip_address', 'userAgent', 'user_agent']);
const subjectKeys = new Set(['subject', 'value']);

/**
 * Collects the values to remove together with the person from a record about one person alone: the message's subject,
 * and in opens and clicks the reader's IP address and user agent, and the link's query.
 *
 * @param record the record as parsed by JSON.parse
 * @returns undefined when there are none
 */
function personalValues(record: unknown): PersonalValues | undefined {
  const values = new Map<string, Set<string>>();
  const add = (value: unknown, keys: ReadonlySet<string>) => {
    if (typeof value !== 'string' || value === '') return;
    for (const key of keys) values.set(key, (values.get(key) ?? new Set()).add(value));
  };
  const event = child(child(child(record, 'facets'), 'email_channel'), 'mail_event') ?? record;
  for (const block of [child(event, 'open'), child(event, 'click')]) {
    for (const key of readerKeys) add(child(block, key), readerKeys);
    add(child(block, 'link'), linkKeys);
  }
  add(child(child(record, 'attributes'), 'feedback'), linkKeys); // the place of the link in Pinpoint records
  const message = messageOf(record);
  for (const common of ['commonHeaders', 'common_headers']) {
    add(child(child(message, common), 'subject'), subjectKeys);
  }
  const headers = child(message, 'headers');
  for (const header of Array.isArray(headers) ? headers : []) {
    if (/^(subject|thread-topic)$/i.test(String(child(header, 'name'))))
      add(child(header, 'value'), subjectKeys);
  }
  return values.size === 0 ? undefined : values;
}

export { personalValues, recipientsOf };
