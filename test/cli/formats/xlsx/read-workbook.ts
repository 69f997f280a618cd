import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';

/** The only sheet of a workbook, read by an independent library. */
interface ReadSheet {
  name: string;
  rows: readonly (readonly unknown[])[];
}

/** Reads a workbook with one sheet. An empty text is read as null. */
async function readWorkbook(path: string): Promise<ReadSheet> {
  const { default: readSheets } = await import('read-excel-file/node');
  const [only, ...others] = await readSheets(path, { trim: false });
  if (only === undefined || others.length > 0) throw new Error(`${path} does not have exactly one sheet`);
  return { name: only.sheet, rows: only.data };
}

/** Reads the XML of a file in a workbook. */
function workbookPart(path: string, part: string): string {
  return Buffer.from(unzipSync(readFileSync(path))[part] ?? []).toString();
}

const sheetPart = 'xl/worksheets/sheet1.xml';

/** Returns the formats of the cells of a row, counted from 1, by column; `General` where a cell has none. */
function cellFormats(path: string, row: number): Record<string, string> {
  const styles = workbookPart(path, 'xl/styles.xml');
  const codes = new Map(
    [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const [, cells = ''] = /<cellXfs[^>]*>(.*)<\/cellXfs>/.exec(styles) ?? [];
  const formats = [...cells.matchAll(/numFmtId="(\d+)"/g)].map(([, id]) => codes.get(id) ?? '');
  const found = workbookPart(path, sheetPart).matchAll(
    new RegExp(`<c r="([A-Z]+)${row}"(?: s="(\\d+)")?`, 'g'),
  );
  return Object.fromEntries(
    [...found].map(([, column = '', style = '0']) => [
      column,
      formats[Number(style)]?.replaceAll('&quot;', '"') ?? '',
    ]),
  );
}

export { cellFormats, type ReadSheet, readWorkbook, sheetPart, workbookPart };
