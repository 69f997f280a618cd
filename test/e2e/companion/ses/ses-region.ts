import { configurationSetArn } from '../../../../modules/policies/policy-documents';
import type { EventDestination } from './event-destinations';
import { SesError } from './ses-error';

/** The account that moto answers for. */
const accountId = '123456789012';

/** Tags as the API has them, by key. */
type Tags = Map<string, string>;

/** A configuration set: options are kept and given back as they came. */
interface ConfigurationSet {
  name: string;
  arn: string;
  options: Record<string, unknown>;
  tags: Tags;
  destinations: Map<string, EventDestination>;
}

/** An address or a domain that mail may come from. It counts as verified at once. */
interface Identity {
  name: string;
  arn: string;
  /** The set that its mail is sent with, unless the mail names another. */
  configurationSet: string | undefined;
  tags: Tags;
}

/** A template of a message; parts that it does not have are empty. */
interface Template {
  Subject?: string | undefined;
  Text?: string | undefined;
  Html?: string | undefined;
}

/** A message that SES has accepted. */
interface Message {
  id: string;
  /** When, in epoch milliseconds. */
  sent: number;
  source: string;
  sourceArn: string;
  /** Addresses of all recipients. */
  destination: readonly string[];
  headers: readonly { name: string; value: string }[];
  /** Undefined when a template made the message: SES renders it later. */
  subject: string | undefined;
  tags: Readonly<Record<string, string[]>>;
  configurationSet: ConfigurationSet | undefined;
}

/** All that SES has in one region. */
class SesRegion {
  readonly configurationSets = new Map<string, ConfigurationSet>();
  readonly identities = new Map<string, Identity>();
  readonly templates = new Map<string, Template>();
  readonly messages = new Map<string, Message>();

  constructor(readonly name: string) {}

  arn(kind: 'configuration-set' | 'identity', name: string): string {
    if (kind === 'identity') return `arn:aws:ses:${this.name}:${accountId}:identity/${name}`;
    return configurationSetArn({ partition: 'aws', region: this.name, accountId, name });
  }

  /** @throws {SesError} when there is no such set */
  configurationSet(name: string): ConfigurationSet {
    const found = this.configurationSets.get(name);
    if (found === undefined)
      throw new SesError('NotFoundException', `Configuration set <${name}> does not exist.`);
    return found;
  }

  /** @throws {SesError} when there is no such identity */
  identity(name: string): Identity {
    const found = this.identities.get(name);
    if (found === undefined)
      throw new SesError('NotFoundException', `Email identity ${name} does not exist.`);
    return found;
  }
}

export { accountId, type ConfigurationSet, type Identity, type Message, SesRegion, type Tags, type Template };
