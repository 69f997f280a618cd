import type { ParameterName } from './parameters';

/** The flag of each parameter on the command line. */
const parameterFlags: Readonly<Record<ParameterName, string>> = {
  since: '--since',
  until: '--until',
  configurationSet: '--configuration-set',
  domain: '--domain',
  tag: '--tag',
  tenant: '--tenant',
  sourceRegion: '--source-region',
  account: '--account',
  recipient: '--recipient',
  subject: '--subject',
  status: '--status',
  outcome: '--outcome',
  tagName: '--tag-name',
  by: '--by',
  timezone: '--timezone',
  limit: '--limit',
};

export { parameterFlags };
