import { sqlText } from '../../archive/dialects/literals';
import { bareAddress } from '../../archive/views/mailbox';
import { candidatesFor, type MessageStatus } from '../../archive/views/messages';
import { listOutcomes } from '../../archive/views/outcome';
import { accountSql, sourceRegionSql, tenantTag } from '../../archive/views/sending';
import { isOutcome, limitSql, outcomeForm, type ParameterValues, periodOf } from './parameters';

/** Returns a time as an SQL literal for both engines. */
function timeLiteral(time: Date): string {
  return `TIMESTAMP '${time.toISOString().slice(0, -1).replace('T', ' ')}'`;
}

/** Returns the conditions that the time in a column is in a window. */
function timeConditions(time: string, { since, until }: Pick<ParameterValues, 'since' | 'until'>): string[] {
  return [
    ...(since === undefined ? [] : [`${time} >= ${timeLiteral(since)}`]),
    ...(until === undefined ? [] : [`${time} < ${timeLiteral(until)}`]),
  ];
}

/** Returns the condition that a message has a value of a tag. */
function hasTag(messageId: string, { name, value }: { name: string; value: string }): string {
  return `${messageId} IN (SELECT message_id FROM event_tags WHERE name = ${sqlText(name)} AND value = ${sqlText(value)})`;
}

/** Returns the condition that an event of a message has a value. */
function hasValue(messageId: string, expression: string, value: string): string {
  return `${messageId} IN (SELECT message_id FROM unique_events WHERE ${expression} = ${sqlText(value)})`;
}

/**
 * Returns the condition on rows with the columns of the event, by the time in a column.
 * @param messageId the column with the id of the message, qualified where several tables have one
 */
function condition(time: string, values: ParameterValues, messageId = 'message_id'): string {
  const { configurationSet, domain, tag, tenant, sourceRegion, account } = values;
  const conditions = [
    ...timeConditions(time, values),
    ...(configurationSet === undefined ? [] : [`configuration_set = ${sqlText(configurationSet)}`]),
    ...(domain === undefined ? [] : [`domain = ${sqlText(domain.toLowerCase())}`]),
    ...(tag === undefined ? [] : [hasTag(messageId, tag)]),
    ...(tenant === undefined ? [] : [hasTag(messageId, { name: tenantTag, value: tenant })]),
    ...(sourceRegion === undefined ? [] : [hasValue(messageId, sourceRegionSql, sourceRegion)]),
    ...(account === undefined ? [] : [hasValue(messageId, accountSql, account)]),
  ];
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/** Returns the condition that a recipient of a message has an address, or is in a domain if it begins with `@`. */
function hasRecipient(recipient: string, values: ParameterValues): string {
  const address = recipient.trim();
  const named = address.startsWith('@')
    ? `domain = ${sqlText(address.slice(1).toLowerCase())}`
    : `address = ${sqlText(bareAddress(address))}`;
  const where = [named, ...timeConditions('mail_timestamp', values)].join(' AND ');
  return `message_id IN (SELECT message_id FROM recipients WHERE ${where})`;
}

/** Returns the conditions that exclude messages which cannot have a status, before it is determined. */
function canHaveStatus(status: MessageStatus, values: ParameterValues): string[] {
  const where = ['true', ...timeConditions('mail_timestamp', values)].join(' AND ');
  const candidates = candidatesFor(status, where);
  return candidates === undefined ? [] : [`message_id IN (${candidates})`];
}

/** Returns the condition on events of the messages to find. */
function messageCondition(values: ParameterValues): string {
  const { recipient, subject, status } = values;
  return [
    condition('mail_timestamp', values),
    ...(status === undefined ? [] : canHaveStatus(status, values)),
    ...(recipient === undefined ? [] : [hasRecipient(recipient, values)]),
    // No pattern of LIKE, in which some characters have another meaning.
    ...(subject === undefined ? [] : [`strpos(lower(subject), lower(${sqlText(subject)})) > 0`]),
  ].join(' AND ');
}

/** Returns the condition on emails with an outcome. */
function outcomeCondition({ outcome }: Pick<ParameterValues, 'outcome'>): string {
  if (outcome === undefined) return 'true';
  if (!isOutcome(outcome)) throw new TypeError(`outcome must be ${outcomeForm}`); // for callers without types
  return outcome;
}

/** Whether a question about messages can limit them before it determines their status. */
const isLimitedEarly = ({ status }: Pick<ParameterValues, 'status'>) => status === undefined;

/**
 * The placeholders in the text of a question. `{happened}` filters by the time of events, `{sent}` by the
 * send time of messages and emails, and `{sentMessages}` and `{sentEmails}` do in a join with the view of that name. `{found}` filters
 * events by the send time of their message. All include the other parameters.
 */
const placeholders: Readonly<Record<string, (values: ParameterValues) => string>> = {
  '{happened}': (values) => condition('event_time', values),
  '{sent}': (values) => condition('sent_at', values),
  '{sentMessages}': (values) => condition('sent_at', values, 'messages.message_id'),
  '{sentEmails}': (values) => condition('sent_at', values, 'emails.message_id'),
  '{found}': messageCondition,
  '{foundLimit}': (values) => (isLimitedEarly(values) ? limitSql(values) : 'ALL'),
  '{status}': ({ status }) => (status === undefined ? 'true' : `status = ${sqlText(status)}`),
  '{outcome}': outcomeCondition,
  '{outcomes}': () => listOutcomes,
  '{delivered}': (values) => condition('delivered_at', values),
  '{tagName}': ({ tagName }) => (tagName === undefined ? 'true' : `tag = ${sqlText(tagName)}`),
  '{tenantTag}': () => sqlText(tenantTag),
  '{by}': periodOf,
  '{limit}': limitSql,
};

export { isLimitedEarly, placeholders, timeConditions };
