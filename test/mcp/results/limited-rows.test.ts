import { limitedRows } from '../../../consumer/mcp/results/limited-rows';

describe('limitedRows', () => {
  it('returns all rows that fit', async () => {
    const rows = Array.from({ length: 100 }, (_, id) => ({ id }));
    expect(await limitedRows(rows)).toEqual({ rows, isCut: false });
  });

  it('omits rows beyond the size of a result, and reads no further', async () => {
    let read = 0;
    function* endless() {
      for (;;) yield { id: read++, text: 'a'.repeat(1000) };
    }
    const { rows, isCut } = await limitedRows(endless());
    expect(isCut).toBe(true);
    expect(rows.length).toBe(read - 1);
    expect(JSON.stringify(rows).length).toBeLessThan(50 * 1024);
    expect(JSON.stringify(rows).length).toBeGreaterThan(45 * 1024);
  });

  it('returns a first row that is too long, because its texts are cut', async () => {
    const { rows } = await limitedRows([
      Object.fromEntries(Array.from({ length: 60 }, (_, id) => [`c${id}`, 'a'.repeat(2000)])),
    ]);
    expect(rows).toHaveLength(1);
  });
});
