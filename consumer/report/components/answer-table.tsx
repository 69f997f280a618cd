import type { Child } from 'hono/jsx';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerType } from '../../queries/questions/question';
import { isNumberType, valueText } from '../../queries/questions/value-text';
import { formatCount } from '../../texts/number-text';
import { CellBar } from '../charts/cell-bar';
import type { Answered } from '../data/answers';
import { EventText } from './event-text';
import { Scrolling } from './scrolling';

/** A row of any answer, by the names of its columns. */
type AnswerRow = Readonly<Record<string, PlainValue>>;

/** A column of a table on a page. */
interface TableColumn {
  name: string;
  /** @default - the name in words: `Bounce rate` */
  label?: string;
  /**
   * Whether a bar shows the size of the number: relative to the highest number, or of a share to 100%.
   * @default false
   */
  hasBar?: boolean;
  /**
   * The address of the page about a value: the emails or messages that a number counts, or the message of an id.
   * @default - a value is not a link
   */
  link?: ((row: AnswerRow) => string | undefined) | undefined;
}

/** Formats the name of a column in words: `Bounce rate` for `bounce_rate`. */
function columnLabel(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Characters of the longest link. A server refuses a longer address, and a page with many of them is large. */
const maxLinkLength = 2_000;

/** Returns the link of a value; undefined where there is none, or where a text of an event makes it too long. */
function linkOf({ link }: TableColumn, row: AnswerRow): string | undefined {
  const address = link?.(row);
  return address !== undefined && address.length <= maxLinkLength ? address : undefined;
}

function highest(rows: readonly AnswerRow[], name: string): number {
  return rows.reduce((most, row) => Math.max(most, Number(row[name] ?? 0)), 0);
}

interface CellProps {
  value: PlainValue;
  type: AnswerType | undefined;
  timezone: string | undefined;
}

/** A value of an answer. A verdict has a class, so that the style sheet colors it. */
function Value({ value, type, timezone }: CellProps) {
  const text = valueText(value, type, timezone);
  if (type === 'verdict') return <span class={`verdict ${text}`}>{text}</span>;
  return typeof value === 'string' ? <EventText text={text} /> : text;
}

function NumberCell({
  column,
  row,
  top,
  cell,
}: {
  column: TableColumn;
  row: AnswerRow;
  top: number;
  cell: Child;
}) {
  const address = linkOf(column, row);
  const number = Number(row[column.name] ?? 0);
  return (
    <td class="number">
      {address === undefined || number === 0 ? cell : <a href={address}>{cell}</a>}
      {column.hasBar === true ? <CellBar share={top === 0 ? 0 : number / top} /> : null}
    </td>
  );
}

interface TextCellProps {
  type: AnswerType | undefined;
  address: string | undefined;
  children?: Child;
}

function TextCell({ type, address, children }: TextCellProps) {
  return (
    <td class={type === 'time' ? 'time' : undefined}>
      {address === undefined ? children : <a href={address}>{children}</a>}
    </td>
  );
}

interface AnswerTableProps {
  answered: Pick<Answered, 'question' | 'values' | 'total'> & { rows: readonly object[] };
  columns: readonly TableColumn[];
  caption: string;
}

/** The rows of an answer as a table. Bars and links are those of the columns. */
function AnswerTable({ answered: { question, values, rows, total }, columns, caption }: AnswerTableProps) {
  // The columns of a question are the keys of its rows.
  const all = rows as readonly AnswerRow[];
  const shown = columns.map((column) => {
    const { type, meaning } = question.columns.find(({ name }) => name === column.name) ?? {};
    return { column, type, meaning, top: column.hasBar === true ? highest(all, column.name) : 0 };
  });
  return (
    <Scrolling caption={caption}>
      <table>
        <thead>
          <tr>
            {shown.map(({ column: { name, label = columnLabel(name) }, type, meaning }) => (
              <th
                scope="col"
                data-column={name}
                class={isNumberType(type) ? 'number' : undefined}
                title={meaning}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map((row) => (
            <tr>
              {shown.map(({ column, type, top }) => {
                const cell = (
                  <Value value={row[column.name] ?? null} type={type} timezone={values.timezone} />
                );
                return isNumberType(type) ? (
                  <NumberCell column={column} row={row} top={top} cell={cell} />
                ) : (
                  <TextCell type={type} address={linkOf(column, row)}>
                    {cell}
                  </TextCell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length ? (
        <p class="note">{`${formatCount(total - rows.length)} more rows: raise --limit in the command below.`}</p>
      ) : null}
    </Scrolling>
  );
}

export { type AnswerRow, AnswerTable, columnLabel, type TableColumn, Value };
