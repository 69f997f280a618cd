import { lineEventColumns } from '../../../consumer/queries/lines/events-from-lines';
import { fillParquet } from '../../../modules/event-catalog/catalog-queries';
import { eventParquetColumns } from '../../../modules/event-catalog/catalog-tables';
import { resourcesInConfigurations } from '../in-configurations';
import { isSavedQuery } from './catalog-parts';

describe('the saved queries of the catalog', () => {
  it('match their snapshot in every configuration', () => {
    expect(resourcesInConfigurations('catalog', isSavedQuery)).toMatchSnapshot();
  });
});

const statement = fillParquet().query;

describe('the statement that fills a day of Parquet', () => {
  it('has the columns of events except the line, and the partition column last', () => {
    const names = lineEventColumns.map(({ name }) => name).filter((name) => name !== 'line');
    expect(eventParquetColumns.map(({ name }) => name)).toEqual(names);
    const [, selected = ''] = /^INSERT INTO event_parquet\nSELECT (.*)\nFROM/.exec(statement) ?? [];
    expect(selected).toBe(`${names.join(', ')}, CAST(CAST(event_time AS date) AS varchar) AS day`);
  });

  it('reads only the days of arrival around the day from both tables', () => {
    const where =
      "WHERE dt >= CAST(date_add('day', -1, DATE '{day}') AS varchar) AND dt <= CAST(date_add('day', 3, DATE '{day}') AS varchar)";
    expect(statement).toContain(`FROM event_lines ${where}`);
    expect(statement).toContain(`FROM error_lines ${where}`);
    expect(statement.match(/\b(event|error)_lines\b/g)).toHaveLength(2);
  });

  it('cannot run until a day replaces the placeholder', () => {
    const days = statement.match(/\{day\}/g) ?? [];
    expect(days).toHaveLength(5);
    expect(statement.match(/DATE '\{day\}'/g)).toHaveLength(days.length);
  });

  it('is shorter than the limit of Athena', () => {
    expect(Buffer.byteLength(statement)).toBeLessThan(262_144);
  });
});
