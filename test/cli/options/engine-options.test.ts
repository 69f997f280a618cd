import { join } from 'node:path';
import { Command } from 'commander';
import {
  addEngineOptions,
  athenaOptions,
  checkEngineOptions,
  type EngineCliOptions,
} from '../../../consumer/cli/options/engine-options';
import { catalogOutputs } from '../../../consumer/cli/options/terraform-outputs';
import { pageAddress } from '../../../consumer/pages/page-address';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();

/** Returns the options of a command line. */
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
const types = Object.fromEntries(Object.keys(names).map((name) => [name, 'string']));

beforeEach(() => {
  delete process.env.SES_EVENTS_ATHENA_WORKGROUP;
  delete process.env.SES_EVENTS_ATHENA_DATABASE;
});

describe('the engine', () => {
  it('is DuckDB by default', () => {
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
  ])('must be Athena for %s', (flag, value) => {
    expect(() => checkEngineOptions(parse(flag, value))).toThrow(`${flag} requires --engine athena`);
    expect(() => checkEngineOptions(parse('--engine', 'athena', flag, value))).not.toThrow();
  });

  it('has valid days and prices', () => {
    expect(parse('--look-ahead', '0').lookAhead).toBe(0);
    expect(parse('--price-per-terabyte', '6.75').pricePerTerabyte).toBe(6.75);
    expect(() => parse('--look-ahead', 'a week')).toThrow('Expected a whole number, 0 or more.');
    expect(() => parse('--price-per-terabyte', '-1')).toThrow('Expected a price in USD, 0 or more');
  });
});

describe('the names for Athena', () => {
  it('come from the options', () => {
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

  it('come from the environment, and options override them', () => {
    process.env.SES_EVENTS_ATHENA_WORKGROUP = 'email-events';
    process.env.SES_EVENTS_ATHENA_DATABASE = 'email_events';
    expect(athenaOptions(process, parse())).toEqual(both);
    expect(athenaOptions(process, parse('--database', 'other'))).toEqual({ ...both, database: 'other' });
  });

  it('come from a file of outputs, which overrides the environment', () => {
    process.env.SES_EVENTS_ATHENA_WORKGROUP = 'of-the-environment';
    expect(athenaOptions(process, parse('--terraform-outputs', outputs(described)))).toEqual(both);
    expect(
      athenaOptions(process, parse('--terraform-outputs', outputs(described), '--workgroup', 'mine')),
    ).toEqual({
      ...both,
      workgroup: 'mine',
    });
  });

  it('are required, and the error shows the options', () => {
    expect(() => athenaOptions(process, parse('--database', 'a'))).toThrow(
      `Athena requires a workgroup: add --workgroup or --terraform-outputs, or set SES_EVENTS_ATHENA_WORKGROUP. See ${pageAddress('athena')}`,
    );
    expect(() => athenaOptions(process, parse('--workgroup', 'a'))).toThrow('Athena requires a database: ');
    process.env.SES_EVENTS_ATHENA_WORKGROUP = '';
    expect(() => athenaOptions(process, parse('--database', 'a'))).toThrow('Athena requires a workgroup: ');
  });
});

describe('the catalog in outputs', () => {
  it.each<[form: string, content: unknown]>([
    ['of terraform output -json', { bucket_name: { value: 'b' }, ...described }],
    ['of cdktf, nested by stack', { 'email-events-production': { bucket_name: 'b', ...names } }],
    // The type has the names of the outputs too.
    ['of a module that is an output as a whole', { events: { type: ['object', types], value: names } }],
    ['beside a stack without one', { staging: { athena_workgroup: '' }, production: names }],
  ])('is found in the form %s', (_, content) => {
    expect(catalogOutputs(outputs(content))).toEqual(both);
  });

  it.each<[form: string, content: unknown, message: string]>([
    [
      'without a catalog',
      { bucket_name: { value: 'b' } },
      'the outputs athena_workgroup and catalog_database are missing',
    ],
    [
      'of a deployment with the catalog turned off',
      { athena_workgroup: { value: null }, catalog_database: { value: null } },
      'the outputs athena_workgroup and catalog_database are missing: deploy the catalog, or add',
    ],
    [
      'of several stacks',
      { staging: names, production: names },
      'there are several catalogs (staging, production)',
    ],
    ['that are not JSON', 'athena_workgroup = "email-events"', 'not JSON: --terraform-outputs requires'],
  ])('is not found in outputs %s', (_, content, message) => {
    expect(() => catalogOutputs(outputs(content))).toThrow(message);
  });

  it('is not found in a missing file', () => {
    expect(() => catalogOutputs(join(scratch.path, 'missing.json'))).toThrow('missing.json: ENOENT');
  });
});
