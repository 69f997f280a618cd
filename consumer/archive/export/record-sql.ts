import { sqlText } from '../dialects/literals';
import { type PlanNode, planOf } from '../rows/plan';
import { blockOfKind, fieldColumns } from '../store/columns';
import { valueJsonSql } from './event-sql';
import { jsonStringSql } from './text-sql';

/** Returns the SQL for the members of an object, in their order; an empty text if no column has a value. */
function membersSql({ children }: PlanNode): string {
  const members = [...children].map(([key, child]) => {
    const name = JSON.stringify(key);
    if (typeof child !== 'number')
      return `${sqlText(`${name}:{`)} || nullif(${membersSql(child)}, '') || '}'`;
    const column = fieldColumns[child];
    return column === undefined ? 'NULL' : `${sqlText(`${name}:`)} || ${valueJsonSql(column)}`;
  });
  return `concat_ws(',', ${members.join(', ')})`;
}

/** Returns the SQL for the members of a block of a kind. */
function blockSql(kind: string, block: string): string {
  const node = planOf(kind).root.children.get(block);
  return node === undefined || typeof node === 'number' ? "''" : membersSql(node);
}

const blocks = Object.entries(blockOfKind).map(
  ([kind, block]) =>
    `WHEN ${sqlText(kind)} THEN concat(${sqlText(`},"${block}":{`)}, ${blockSql(kind, block)}, '}}')`,
);

const labels = {
  'event-publishing': ['eventType', 'record_type'],
  'legacy-notification': ['notificationType', 'record_type'],
} as const;

const labelCases = Object.entries(labels).map(
  ([origin, [key, column]]) => `WHEN ${sqlText(origin)} THEN concat('{"${key}":', ${jsonStringSql(column)})`,
);

/**
 * The SQL for the tree that the columns of an event restore, as JSON. `extra` is not merged into it.
 * It reads `mail_members` of {@link withMailMembers}.
 */
const treeSql = `concat(
  CASE origin ${labelCases.join(' ')} ELSE
    CASE event_type WHEN 'Unknown' THEN concat('{"event_type":', ${jsonStringSql('record_type')})
    ELSE concat('{"eventType":', ${jsonStringSql('event_type')}) END
  END,
  CASE WHEN event_type = 'Unknown' AND mail_members = '' THEN '' ELSE concat(',"mail":{', mail_members) END,
  CASE event_type ${blocks.join(' ')} ELSE CASE mail_members WHEN '' THEN '}' ELSE '}}' END END
)`;

/** Returns the SQL for rows of `event_rows` with the members of their mail block, which all kinds have. */
function withMailMembers(rows: string): string {
  return `(SELECT *, ${blockSql('Unknown', 'mail')} AS mail_members FROM ${rows}) event_rows`;
}

export { treeSql, withMailMembers };
