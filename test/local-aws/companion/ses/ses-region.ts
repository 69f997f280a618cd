import { configurationSetArn } from '../../../../modules/policies/policy-documents';
import type { EventDestination } from './event-destinations';
import { SesError } from './ses-error';

/** The account of moto. */
const accountId = '123456789012';

/** Tags by key. */
type Tags = Map<string, string>;

/** A configuration set. Options are stored and returned unchanged. */
interface ConfigurationSet {
  name: string;
  arn: string;
  options: Record<string, unknown>;
  tags: Tags;
  destinations: Map<string, EventDestination>;
}

/** An address or domain of senders. It is verified when it is created. */
interface Identity {
  name: string;
  arn: string;
  /** The default configuration set. */
  configurationSet: string | undefined;
  tags: Tags;
}

/** A template of a message. Absent parts are empty. */
interface Template {
  Subject?: string | undefined;
  Text?: string | undefined;
  Html?: string | undefined;
}

/** A message that SES has accepted. */
interface Message {
  id: string;
  /** Send time, in epoch milliseconds. */
  sent: number;
  source: string;
  sourceArn: string;
  /** Addresses of all recipients. */
  destination: readonly string[];
  headers: readonly { name: string; value: string }[];
  /** Undefined for templates, which SES renders later. */
  subject: string | undefined;
  tags: Readonly<Record<string, string[]>>;
  configurationSet: ConfigurationSet | undefined;
}

/** The resources of SES in one region. */
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

  /** @throws {SesError} when the set does not exist */
  configurationSet(name: string): ConfigurationSet {
    const found = this.configurationSets.get(name);
    if (found === undefined)
      throw new SesError('NotFoundException', `Configuration set <${name}> does not exist.`);
    return found;
  }

  /** @throws {SesError} when the identity does not exist */
  identity(name: string): Identity {
    const found = this.identities.get(name);
    if (found === undefined)
      throw new SesError('NotFoundException', `Email identity ${name} does not exist.`);
    return found;
  }
}

export { accountId, type ConfigurationSet, type Identity, type Message, SesRegion, type Tags, type Template };
