import type { Suppression } from '../../queries/answers/suppress';
import { formatTime } from '../../texts/number-text';
import { tableText } from '../output/table';
import type { LineFormat } from './line-format';
import type { TableForm } from './list-table';

/** Formats of SES's import job. */
type ImportFormat = 'csv' | 'json';

/**
 * Whether an address can be written to a line unchanged. This format has no quotes, so addresses that need
 * quotes and invalid addresses cannot be written.
 */
function isPlainAddress(address: string): boolean {
  return /^[^\s",;<>\p{Cc}]+@[^\s",;<>@\p{Cc}]+$/u.test(address);
}

/**
 * Formats a line of a file for SES's import job, without its end: `ana@example.com,BOUNCE`, or one JSON
 * object per line. There is no header, and no apostrophe before `+ana@example.com`, because a program reads
 * it.
 *
 * The first page shows both formats, and the limit of 100,000 addresses per file. The API's reference only
 * lists `CSV` and `JSON`.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateImportJob.html
 */
function importLine(
  { address, reason }: Pick<Suppression, 'address' | 'reason'>,
  format: ImportFormat,
): string {
  return format === 'csv' ? `${address},${reason}` : JSON.stringify({ emailAddress: address, reason });
}

/** Returns the format of a file for SES's import job. */
function importFormat(format: ImportFormat): LineFormat<Suppression> {
  return {
    head: '',
    between: '',
    line: (suppression) => importLine(suppression, format),
    lineEnd: '\n',
    tail: '',
  };
}

/** Length at which examples are cut, because a mail server writes them. */
const maxExampleLength = 120;

/**
 * Returns the table to review before an import. It has the day of the last event only, so that a narrow terminal can
 * show all columns.
 * @param timezone the time zone of the days
 */
function reviewTable(timezone?: string): TableForm<Suppression> {
  return {
    head: ['address', 'reason', 'bounces', 'last', 'example'],
    row: ({ address, reason, bounceEvents, lastAt, example }) => [
      address,
      reason,
      bounceEvents,
      lastAt && formatTime(lastAt, timezone).slice(0, '2026-03-01'.length),
      tableText(example ?? '–', maxExampleLength),
    ],
  };
}

export { type ImportFormat, importFormat, importLine, isPlainAddress, reviewTable };
