import { existsSync, readdirSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { sheetPart, workbookPart } from '../formats/xlsx/read-workbook';
import { sendText } from '../records';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

beforeAll(() => ingest(scratch.write('a', sendText('a')), { archive, workers: 0 }));

const write = (rows: number, path: string) =>
  run(['query', `FROM range(${rows})`, '--archive', archive, '--format', 'xlsx', '--output', path]);

describe('the row limit of Excel', () => {
  it('is reached with the last row of a sheet', async () => {
    const path = scratch.at('full.xlsx');
    expect((await write(1_048_575, path)).code).toBe(0);
    expect(workbookPart(path, sheetPart)).toContain(
      '<row r="1048576"><c r="A1048576" s="0"><v>1048574</v></c></row></sheetData>',
    );
  });

  it('stops the command at the next row, without a file', async () => {
    const path = scratch.at('more.xlsx');
    const { code, stderr } = await write(1_048_576, path);
    expect([code, stderr]).toEqual([
      1,
      'error: xlsx can have 1,048,575 rows, and there are more: select fewer rows, or use --format csv\n',
    ]);
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(scratch.path).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});
