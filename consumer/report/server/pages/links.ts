import type { PlainValue } from '../../../queries/engines/plain-value';
import type { AnswerRow, TableColumn } from '../../components/answer-table';
import type { PageSource } from '../data/page';

/** Returns the address of the page of a message. */
const messageAddress = (id: string) => `/messages/${encodeURIComponent(id)}`;

/** Returns the address of the page with all messages to an address. */
const personAddress = (address: string) => `/people?${new URLSearchParams({ address })}`;

/** Columns with the address of a recipient. */
const recipientColumns: ReadonlySet<string> = new Set(['recipient', 'first_recipient', 'address']);

const textOf = (value: PlainValue | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Returns the link of a column of any answer; undefined where its values have no page. */
function columnLink(name: string, { isMasked }: Pick<PageSource, 'isMasked'>): TableColumn['link'] {
  if (name === 'message_id')
    return (row: AnswerRow) => {
      const id = textOf(row[name]);
      return id && messageAddress(id);
    };
  if (recipientColumns.has(name) && !isMasked)
    return (row: AnswerRow) => {
      const address = textOf(row[name]);
      return address?.includes('@') === true ? personAddress(address) : undefined;
    };
  return undefined;
}

export { columnLink, messageAddress, personAddress };
