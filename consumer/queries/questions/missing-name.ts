import { sqlText } from '../../archive/dialects/literals';
import { accountSql, sourceRegionSql, tenantTag } from '../../archive/views/sending';
import type { QueryResult } from '../engines/engine';
import type { ParameterValues } from './parameters';

/** Maximum number of names to compare with the missing one: the most frequent. */
const mostNames = 1000;

/** A name in the parameters of a question that no event has. */
interface MissingName {
  /** The kind of name and the name itself: `configuration set "nope"`. */
  what: string;
  name: string;
  /**
   * Existing names. A domain or a tag value is only included if several recipients have it, because it can
   * identify a person.
   */
  others: readonly string[];
  /** Whether there are more names. */
  isCut: boolean;
  /** The arguments of `ses-events` that list all of them. */
  listing: string;
}

/** The view and the column with names of a kind. */
interface NameSource extends Pick<MissingName, 'what' | 'name' | 'listing'> {
  column: string;
  from: string;
  /** The condition that several recipients have a name. */
  isShared?: string;
}

const severalRecipients = 'count(DISTINCT address) > 1';
const listTags = 'query "SELECT DISTINCT name, value FROM event_tags"';

/** Returns the names of a tenant, a region or an account in the parameters of a question. */
function sendingNames({ tenant, sourceRegion, account }: ParameterValues): NameSource[] {
  const from = (expression: string) => `(SELECT ${expression} AS value FROM unique_events) sent_by`;
  const distinct = (expression: string) => `query "SELECT DISTINCT ${expression} FROM events"`;
  const sources: NameSource[] = [];
  if (tenant !== undefined)
    sources.push({
      what: `tenant ${JSON.stringify(tenant)}`,
      name: tenant,
      listing: 'ask tenants',
      column: 'value',
      from: `(SELECT value FROM event_tags WHERE name = '${tenantTag}') tenants`,
    });
  if (sourceRegion !== undefined)
    sources.push({
      what: `region ${JSON.stringify(sourceRegion)}`,
      name: sourceRegion,
      listing: distinct('source_arn'),
      column: 'value',
      from: from(sourceRegionSql),
    });
  if (account !== undefined)
    sources.push({
      what: `account ${JSON.stringify(account)}`,
      name: account,
      listing: distinct('sending_account_id'),
      column: 'value',
      from: from(accountSql),
    });
  return sources;
}

/** Returns the names in the parameters of a question. */
function requestedNames(values: ParameterValues): NameSource[] {
  const { configurationSet, domain, tag, tagName } = values;
  const sources: NameSource[] = [];
  if (configurationSet !== undefined)
    sources.push({
      what: `configuration set ${JSON.stringify(configurationSet)}`,
      name: configurationSet,
      listing: 'ask configuration-sets',
      column: 'configuration_set',
      from: 'unique_events',
    });
  if (domain !== undefined)
    sources.push({
      what: `recipient domain ${JSON.stringify(domain)}`,
      name: domain.toLowerCase(),
      listing: 'ask domains',
      column: 'domain',
      from: 'recipients',
      isShared: severalRecipients,
    });
  if (tagName !== undefined)
    sources.push({
      what: `message tag ${JSON.stringify(tagName)}`,
      name: tagName,
      listing: listTags,
      column: 'name',
      from: 'event_tags',
    });
  if (tag !== undefined) {
    const named = JSON.stringify(tag.name);
    const tags = { name: tag.name, listing: listTags, column: 'name', from: 'event_tags' };
    sources.push({ what: `message tag ${named}`, ...tags });
    sources.push({
      what: `value ${JSON.stringify(tag.value)} of the message tag ${named}`,
      name: tag.value,
      listing: listTags,
      column: 'value',
      from: `(
  SELECT value, address
  FROM event_tags JOIN recipients ON recipients.message_id = event_tags.message_id
  WHERE name = ${sqlText(tag.name)}
) tagged`,
      isShared: severalRecipients,
    });
  }
  return [...sources, ...sendingNames(values)];
}

/** Returns the query for the existing names: the requested one first, then the most frequent. */
function namesSql({ name, column, from, isShared = 'true' }: NameSource): string {
  return `SELECT ${column} AS name, ${isShared} AS is_shared
FROM ${from}
WHERE ${column} IS NOT NULL
GROUP BY ${column}
ORDER BY CASE WHEN ${column} = ${sqlText(name)} THEN 0 ELSE 1 END, count(*) DESC, ${column}
LIMIT ${mostNames}`;
}

/**
 * Finds the first name in the parameters of a question that no event has, at any time. Use it for empty
 * answers only, because it reads all events once for each name.
 *
 * @param query runs SQL over the views
 * @returns undefined when all names exist
 * @example
 * ```ts
 * const missing = await missingName({ configurationSet: 'nope' }, (sql) => engine.query(sql));
 * ```
 * @throws {QueryError} when the engine does not answer
 */
async function missingName(
  values: ParameterValues,
  query: (sql: string) => Promise<QueryResult>,
): Promise<MissingName | undefined> {
  for (const source of requestedNames(values)) {
    const found: { name: string; isShared: boolean }[] = [];
    const { rows } = await query(namesSql(source));
    for await (const batch of rows)
      for (const [name, isShared] of batch) found.push({ name: String(name), isShared: isShared === true });
    if (found[0]?.name === source.name) continue;
    const { what, name, listing } = source;
    const others = found.filter(({ isShared }) => isShared).map((other) => other.name);
    return { what, name, listing, others, isCut: others.length < found.length || found.length === mostNames };
  }
  return undefined;
}

export { type MissingName, missingName };
