import { explained } from '../../../consumer/queries/answers/explained';
import type { QueryResult } from '../../../consumer/queries/engines/engine';
import type { PlainValue } from '../../../consumer/queries/engines/plain-value';

type Batch = readonly (readonly PlainValue[])[];

const columns = [
  { name: 'count', type: 'BIGINT' },
  { name: 'rows_in_all', type: 'BIGINT' },
];

/** A result that records the number of batches that were read, and whether it was closed. */
function resultOf(...batches: Batch[]) {
  const state = { read: 0, isClosed: false };
  async function* rows(): AsyncGenerator<Batch, void> {
    try {
      for (const batch of batches) {
        state.read++;
        yield batch;
      }
    } finally {
      state.isClosed = true;
    }
  }
  return { state, result: { columns, rows: rows() } satisfies QueryResult };
}

async function allOf(rows: QueryResult['rows']): Promise<Batch[number][]> {
  const all: Batch[number][] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}

const values = { configurationSet: 'nope' };
const noNames = async () => ({ columns: [], rows: (async function* () {})() }) satisfies QueryResult;
const search = { query: noNames, place: 'here' };
const message = 'there is no configuration set "nope" here; there are no others';

describe('an answer', () => {
  it.each<[string, Batch[]]>([
    ['without rows', []],
    ['with zeros only', [[[0, null]], [[0, 0]]]],
  ])('%s is explained by a name that does not exist', async (_, batches) => {
    await expect(explained({ values }, resultOf(...batches).result, search)).rejects.toThrow(message);
  });

  it('without rows has a hint instead of an error if it is wanted', async () => {
    const onHint = jest.fn();
    const { rows } = await explained({ values }, resultOf().result, { ...search, onHint });
    expect([await allOf(rows), onHint.mock.calls]).toEqual([[], [[message]]]);
  });

  it('without rows is not explained if names are not searched', async () => {
    const { rows } = await explained({ values }, resultOf([[0]]).result, undefined);
    expect(await allOf(rows)).toEqual([[0]]);
  });

  it('is read up to the first row with data, and the rest on demand', async () => {
    const { state, result } = resultOf([[0]], [[1]], [[2]]);
    const { rows } = await explained({ values }, result, search);
    expect(state).toEqual({ read: 2, isClosed: false });
    expect(await allOf(rows)).toEqual([[0], [1], [2]]);
  });

  it('of a query is read up to its first rows, even if they are zeros', async () => {
    const { state, result } = resultOf([[0]], [[0]]);
    await explained({}, result, search);
    expect(state.read).toBe(1);
  });

  it('is closed when the caller stops reading', async () => {
    const { state, result } = resultOf([[1]], [[2]]);
    const { rows } = await explained({ values }, result, search);
    for await (const _ of rows) break;
    expect(state).toEqual({ read: 1, isClosed: true });
  });
});

describe('a counted answer', () => {
  const request = { values, isCounted: true };

  it('has the number of rows without the limit, and not its column', async () => {
    const {
      columns: shown,
      rows,
      total,
    } = await explained(request, resultOf([[7, 30]], [[8, 30]]).result, search);
    expect(await allOf(rows)).toEqual([[7], [8]]);
    expect([shown.map(({ name }) => name), total()]).toEqual([['count'], 30]);
  });

  it('with zeros only is explained too', async () => {
    await expect(explained(request, resultOf([[0, 1]]).result, search)).rejects.toThrow(message);
  });

  it('without rows has no number', async () => {
    const { total } = await explained({ ...request, values: {} }, resultOf().result, search);
    expect(total()).toBeUndefined();
  });
});
