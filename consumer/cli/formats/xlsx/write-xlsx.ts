import type { PlainValue } from '../../../queries/engines/plain-value';
import { formatCount, formatNumber } from '../../../texts/number-text';
import type { Output } from '../../output/output';
import type { CommandContext } from '../../process/context';
import { OutputError } from '../../process/exit-code';
import { maxTextLength } from './cell-text';
import { Sheet, type SheetColumn } from './sheet';
import { declaration, sheetFile, workbookFiles } from './workbook';
import { ZipStream } from './zip-stream';

/** The limits of a sheet. */
interface SheetLimits {
  /** Maximum number of rows below the head. */
  rows: number;
  /** Maximum size of its XML, in bytes. */
  bytes: number;
}

/** Excel's number of rows, without the head; and what a zip without extensions can contain. */
const usualLimits: SheetLimits = { rows: 1_048_575, bytes: 4_000_000_000 };

/** Maximum number of columns of Excel. */
const maxColumns = 16_384;

/** Characters to collect before they are compressed. */
const chunkLength = 64 * 1024;

/** Rows to write as a workbook. */
interface Workbook {
  /** Name of its only sheet: at most 31 lowercase letters and hyphens. */
  name: string;
  columns: readonly SheetColumn[];
  /** Each row has a value for each column. */
  rows: AsyncIterable<readonly PlainValue[]>;
}

const advice = 'select fewer rows, or use --format csv';

/**
 * Writes rows as a workbook for Excel, until there are no more or the user interrupts. Memory does not grow with the
 * number of rows. The same rows give the same bytes.
 *
 * @returns the number of rows written
 * @throws {OutputError} when the rows do not fit into a sheet
 */
async function writeXlsx(
  context: CommandContext,
  { name, columns, rows }: Workbook,
  output: Output,
  limits: SheetLimits = usualLimits,
): Promise<number> {
  if (columns.length > maxColumns)
    throw new OutputError(
      `xlsx can have ${formatCount(maxColumns)} columns, not ${formatCount(columns.length)}: use --format csv`,
    );
  const zip = new ZipStream(output);
  for (const [file, content] of workbookFiles(name)) {
    zip.begin(file);
    await zip.write(content);
  }
  zip.begin(sheetFile);
  const sheet = new Sheet(columns);
  let text = declaration + sheet.head();
  let bytes = 0;
  const flush = async () => {
    bytes += Buffer.byteLength(text);
    if (bytes > limits.bytes)
      throw new OutputError(
        `xlsx can have ${formatCount(limits.bytes)} bytes of cells: row ${formatCount(sheet.rows)} exceeds them; ${advice}`,
      );
    await zip.write(text);
    text = '';
  };
  for await (const row of rows) {
    if (context.isInterrupted) break;
    if (sheet.rows === limits.rows)
      throw new OutputError(`xlsx can have ${formatCount(limits.rows)} rows, and there are more: ${advice}`);
    text += sheet.row(row);
    if (text.length >= chunkLength) await flush();
  }
  text += sheet.tail();
  await flush();
  await zip.end();
  if (sheet.cutTexts > 0)
    context.stderr.write(
      `${formatNumber(sheet.cutTexts, 'text')} cut at ${formatCount(maxTextLength)} characters, the limit of Excel: use --format csv for the whole texts\n`,
    );
  return sheet.rows;
}

export { type SheetLimits, writeXlsx };
