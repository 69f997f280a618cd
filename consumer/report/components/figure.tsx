import type { Child } from 'hono/jsx';
import { formatNumber } from '../../texts/number-text';
import type { Answered } from '../data/answers';
import { askCommand } from '../data/ask-command';
import { AnswerTable, type TableColumn } from './answer-table';
import { UnusedFilters } from './unused-filters';

interface FigureProps {
  title: string;
  answered: Answered;
  columns: readonly TableColumn[];
  /** What the picture shows, or how to read it. */
  note?: string | undefined;
  /**
   * Whether the table below the picture is open.
   * @default - without a picture
   */
  isTableOpen?: boolean;
  /** The picture. A table with bars is one itself. */
  children?: Child;
}

/** A picture with its table, and with the command that gives the same rows. */
function Figure({
  title,
  answered,
  columns,
  note,
  children,
  isTableOpen = children === undefined,
}: FigureProps) {
  const { question, rows } = answered;
  const table = <AnswerTable answered={answered} columns={columns} caption={title} />;
  return (
    <figure>
      <figcaption>
        <h3>{title}</h3>
        {note === undefined ? null : <p class="note">{note}</p>}
        <UnusedFilters answered={answered} />
      </figcaption>
      {rows.length === 0 ? <p class="empty">No matching events.</p> : children}
      {rows.length === 0 ? null : isTableOpen ? (
        table
      ) : (
        <details>
          <summary>{`Table: ${formatNumber(rows.length, 'row')}`}</summary>
          {table}
        </details>
      )}
      <details class="command">
        <summary>{`Question: ${question.title}`}</summary>
        <p>{question.description}</p>
        <p>{`Time range: ${question.window}.`}</p>
      </details>
      <code class="command">{askCommand(answered)}</code>
      {answered.address === undefined ? null : (
        <p class="note">
          <a href={answered.address}>All rows and columns</a>
        </p>
      )}
    </figure>
  );
}

export { Figure };
