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

  it('cuts the values of a first row that is too long', async () => {
    const { rows, isCut } = await limitedRows([
      Object.fromEntries(Array.from({ length: 60 }, (_, id) => [`c${id}`, 'a'.repeat(2000)])),
    ]);
    expect(rows).toHaveLength(1);
    expect(isCut).toBe(true);
    expect(JSON.stringify(rows).length).toBeLessThan(50 * 1024);
  });

  it('cuts a list of a first row that is too long', async () => {
    const list = Array.from({ length: 10_000 }, (_, id) => `person-${id}@example.com`);
    const { rows, isCut } = await limitedRows([
      { id: 1, list },
      { id: 2, list: [] },
    ]);
    expect(rows).toEqual([{ id: 1, list: expect.stringMatching(/^\["person-0@example.com",.*…$/) }]);
    expect(isCut).toBe(true);
    expect(JSON.stringify(rows).length).toBeLessThan(50 * 1024);
  });
});
