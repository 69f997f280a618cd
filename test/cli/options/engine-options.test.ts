import { join } from 'node:path';
import { Command } from 'commander';
import {
  addEngineOptions,
  athenaOptions,
  checkEngineOptions,
  type EngineCliOptions,
} from '../../../consumer/cli/options/engine-options';
import { catalogOutputs } from '../../../consumer/cli/options/terraform-outputs';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();

/** The options of a command line. */
function parse(...args: string[]): EngineCliOptions {
  const command = addEngineOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }));
  return command.parse(args, { from: 'user' }).opts<EngineCliOptions>();
}

function outputs(content: unknown): string {
  return scratch.write('outputs.json', typeof content === 'string' ? content : JSON.stringify(content));
}

const both = { workgroup: 'email-events', database: 'email_events' };
const names = { athena_workgroup: 'email-events', catalog_database: 'email_events' };
const described = Object.fromEntries(
  Object.entries(names).map(([name, value]) => [name, { sensitive: false, type: 'string', value }]),
);

beforeEach(() => {
  delete process.env.SES_EVENTS_ATHENA_WORKGROUP;
  delete process.env.SES_EVENTS_ATHENA_DATABASE;
});

describe('the engine', () => {
  it('is DuckDB unless Athena is asked for', () => {
    expect(parse().engine).toBe('duckdb');
    expect(parse('--engine', 'athena').engine).toBe('athena');
    expect(() => parse('--engine', 'mysql')).toThrow('Allowed choices are duckdb, athena');
  });

  it.each([
    ['--workgroup', 'a'],
    ['--database', 'a'],
    ['--catalog', 'a'],
    ['--terraform-outputs', 'a'],
    ['--region', 'a'],
    ['--endpoint', 'a'],
    ['--look-ahead', '1'],
    ['--price-per-terabyte', '1'],
  ])('is not Athena, so that %s means nothing', (flag, value) => {
    expect(() => checkEngineOptions(parse(flag, value))).toThrow(
      `${flag} is for Athena: add --engine athena, or leave it out`,
    );
    expect(() => checkEngineOptions(parse('--engine', 'athena', flag, value))).not.toThrow();
  });

  it('takes days and prices that are some', () => {
    expect(parse('--look-ahead', '0').lookAhead).toBe(0);
    expect(parse('--price-per-terabyte', '6.75').pricePerTerabyte).toBe(6.75);
    expect(() => parse('--look-ahead', 'a week')).toThrow('write a whole number, 0 or more');
    expect(() => parse('--price-per-terabyte', '-1')).toThrow('write a price in USD, 0 or more');
  });
});

describe('Athena is asked', () => {
  it('in the workgroup and the database of the options', () => {
    const options = parse(
      '--workgroup',
      'email-events',
      '--database',
      'email_events',
      '--region',
      'eu-west-1',
    );
    expect(athenaOptions(process, options)).toEqual({ ...both, region: 'eu-west-1' });
  });

  it('in those of the environment, which an option outweighs', () => {
    process.env.SES_EVENTS_ATHENA_WORKGROUP = 'email-events';
    process.env.SES_EVENTS_ATHENA_DATABASE = 'email_events';
    expect(athenaOptions(process, parse())).toEqual(both);
    expect(athenaOptions(process, parse('--database', 'other'))).toEqual({ ...both, database: 'other' });
  });

  it('in those of a file of outputs, which outweighs the environment', () => {
    process.env.SES_EVENTS_ATHENA_WORKGROUP = 'of-the-environment';
    expect(athenaOptions(process, parse('--terraform-outputs', outputs(described)))).toEqual(both);
    expect(
      athenaOptions(process, parse('--terraform-outputs', outputs(described), '--workgroup', 'mine')),
    ).toEqual({
      ...both,
      workgroup: 'mine',
    });
  });

  it('nowhere when they are not known, which says what to do', () => {
    expect(() => athenaOptions(process, parse('--database', 'a'))).toThrow(
      'athena: no workgroup is named: give --workgroup, SES_EVENTS_ATHENA_WORKGROUP or --terraform-outputs; the catalog has one (docs/catalog.md)',
    );
    expect(() => athenaOptions(process, parse('--workgroup', 'a'))).toThrow('athena: no database is named');
    process.env.SES_EVENTS_ATHENA_WORKGROUP = '';
    expect(() => athenaOptions(process, parse('--database', 'a'))).toThrow('athena: no workgroup is named');
  });
});

describe('the catalog is found in outputs', () => {
  it.each<[form: string, content: unknown]>([
    ['of terraform output -json', { bucket_name: { value: 'b' }, ...described }],
    ['of cdktf, nested by stack', { 'email-events-production': { bucket_name: 'b', ...names } }],
    ['of a module that is an output as a whole', { events: { type: ['object', {}], value: names } }],
    ['beside a stack without one', { staging: { athena_workgroup: '' }, production: names }],
  ])('%s', (_, content) => {
    expect(catalogOutputs(outputs(content))).toEqual(both);
  });

  it.each<[form: string, content: unknown, message: string]>([
    [
      'that have none',
      { bucket_name: { value: 'b' } },
      'there are no outputs athena_workgroup and catalog_database',
    ],
    [
      'of a deployment that has switched it off',
      { athena_workgroup: { value: null }, catalog_database: { value: null } },
      'there are no outputs athena_workgroup and catalog_database: deploy the catalog (docs/catalog.md)',
    ],
    ['of several', { staging: names, production: names }, 'there are several catalogs (staging, production)'],
    ['that are no JSON', 'athena_workgroup = "email-events"', 'no JSON: --terraform-outputs takes'],
  ])('not in those %s', (_, content, message) => {
    expect(() => catalogOutputs(outputs(content))).toThrow(message);
  });

  it('not in a file that is missing', () => {
    expect(() => catalogOutputs(join(scratch.path, 'missing.json'))).toThrow('missing.json: ENOENT');
  });
});
