import { lineEventColumns } from '../../../consumer/queries/lines/events-from-lines';
import { fillParquet } from '../../../modules/event-catalog/catalog-queries';
import { eventParquetColumns } from '../../../modules/event-catalog/catalog-tables';
import { resourcesInConfigurations } from '../in-configurations';
import { isSavedQuery } from './catalog-parts';

describe('the saved queries of the catalog', () => {
  it('are in every configuration what they were', () => {
    expect(resourcesInConfigurations('catalog', isSavedQuery)).toMatchSnapshot();
  });
});

const statement = fillParquet().query;

describe('the statement that fills a day of Parquet', () => {
  it('has the columns of events but the line, and the day last, as partitions stand', () => {
    const names = lineEventColumns.map(({ name }) => name).filter((name) => name !== 'line');
    expect(eventParquetColumns.map(({ name }) => name)).toEqual(names);
    const [, selected = ''] = /^INSERT INTO event_parquet\nSELECT (.*)\nFROM/.exec(statement) ?? [];
    expect(selected).toBe(`${names.join(', ')}, CAST(CAST(event_time AS date) AS varchar) AS day`);
  });

  it('reads of both tables only what arrived around the day', () => {
    const where =
      "WHERE dt >= CAST(date_add('day', -1, DATE '{day}') AS varchar) AND dt <= CAST(date_add('day', 3, DATE '{day}') AS varchar)";
    expect(statement).toContain(`FROM event_lines ${where}`);
    expect(statement).toContain(`FROM error_lines ${where}`);
    expect(statement.match(/\b(event|error)_lines\b/g)).toHaveLength(2);
  });

  it('runs only once a day is written into it', () => {
    const days = statement.match(/\{day\}/g) ?? [];
    expect(days).toHaveLength(5);
    expect(statement.match(/DATE '\{day\}'/g)).toHaveLength(days.length);
  });

  it('is below the length that Athena takes', () => {
    expect(Buffer.byteLength(statement)).toBeLessThan(262_144);
  });
});
