import type { Dialect } from '../dialects/dialect';
import { columnsOfType, type ViewColumn } from './view';

/** The text in the brackets at the end of `Name <address>`; NULL for other texts. */
function inBrackets({ matched }: Dialect, mailbox: string): string {
  // A regular expression is slow in every row, and most recipients have no brackets.
  return `CASE WHEN strpos(${mailbox}, '<') > 0 THEN ${matched(mailbox, "'<([^<>]+)>[ ]*$'")} END`;
}

/** The address of a mailbox, `Name <address>` or the address alone, in lower case. */
function mailboxAddress(dialect: Dialect, mailbox: string): string {
  return `lower(coalesce(${inBrackets(dialect, mailbox)}, ${mailbox}))`;
}

/** Normalizes an address as in the view `recipients`: in lower case, without a display name. */
function bareAddress(recipient: string): string {
  return (/<([^<>]+)>[ ]*$/.exec(recipient)?.[1] ?? recipient).trim().toLowerCase();
}

/** The name before the brackets as in the record, without quotes around it; NULL when there is none. */
function mailboxName(dialect: Dialect, mailbox: string): string {
  const behind = dialect.afterLast(mailbox, '<');
  const name = `trim(substr(${mailbox}, 1, length(${mailbox}) - length(${behind}) - 1))`;
  const unquoted = dialect.matched(name, `'(?s)^"(.*)"$'`);
  return [
    `CASE WHEN ${inBrackets(dialect, mailbox)} IS NOT NULL`,
    `THEN nullif(CASE WHEN strpos(${name}, '"') = 1 THEN coalesce(${unquoted}, ${name}) ELSE ${name} END, '') END`,
  ].join(' ');
}

/** The columns for a sender's name and address, beside `source`. */
const sourceColumns: readonly ViewColumn[] = columnsOfType('varchar', 'source_name', 'source_address');

/** The values of {@link sourceColumns}. */
function sourceParts(dialect: Dialect, source = 'source'): string {
  return `${mailboxName(dialect, source)} AS source_name, ${mailboxAddress(dialect, source)} AS source_address`;
}

export { bareAddress, mailboxAddress, sourceColumns, sourceParts };
