import { z } from 'zod';
import { type Route, route } from './route';
import { SesError } from './ses-error';
import type { Identity, SesRegion } from './ses-region';
import { tagList, tagsOf } from './tags';

const folder = '/v2/email/identities';
const one = `${folder}/{EmailIdentity}`;

const creation = z.object({
  EmailIdentity: z.string(),
  ConfigurationSetName: z.string().optional(),
  Tags: tagList.optional(),
});

const typeOf = (name: string) => (name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN');
const dkim = { SigningEnabled: true, Status: 'SUCCESS', SigningAttributesOrigin: 'AWS_SES', Tokens: [] };

/**
 * Returns the identity of a sender: the address if it is an identity, otherwise the domain.
 * @throws {SesError} when neither is verified, like SES
 */
function identityOf(region: SesRegion, address: string): Identity {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const identity = region.identities.get(address) ?? region.identities.get(domain);
  if (identity === undefined) {
    throw new SesError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${region.name.toUpperCase()}: ${address}`,
    );
  }
  return identity;
}

/**
 * Operations on identities, which are verified when they are created.
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
 */
const identityRoutes: readonly Route[] = [
  route('POST', folder, creation, ({ region, input }) => {
    const { EmailIdentity: name, ConfigurationSetName: configurationSet, Tags } = input;
    if (region.identities.has(name)) {
      throw new SesError('AlreadyExistsException', `Email identity ${name} already exists.`);
    }
    if (configurationSet !== undefined) region.configurationSet(configurationSet);
    const arn = region.arn('identity', name);
    region.identities.set(name, { name, arn, configurationSet, tags: tagsOf(Tags) });
    return { IdentityType: typeOf(name), VerifiedForSendingStatus: true, DkimAttributes: dkim };
  }),
  route('GET', one, z.unknown(), ({ region, path }) => {
    const { name, configurationSet, tags } = region.identity(path.EmailIdentity ?? '');
    return {
      IdentityType: typeOf(name),
      FeedbackForwardingStatus: true,
      VerifiedForSendingStatus: true,
      VerificationStatus: 'SUCCESS',
      DkimAttributes: dkim,
      Policies: {},
      Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
      ConfigurationSetName: configurationSet,
    };
  }),
  route('DELETE', one, z.unknown(), ({ region, path }) => {
    region.identities.delete(region.identity(path.EmailIdentity ?? '').name);
  }),
  route(
    'PUT',
    `${one}/configuration-set`,
    z.object({ ConfigurationSetName: z.string().optional() }),
    ({ region, path, input }) => {
      region.identity(path.EmailIdentity ?? '').configurationSet = input.ConfigurationSetName;
    },
  ),
  // SDKs of 2026 use the second path.
  ...(
    [
      ['GET', folder],
      ['POST', '/v2/email/list-identities'],
    ] as const
  ).map(([method, path]) =>
    route(method, path, z.unknown(), ({ region }) => ({
      EmailIdentities: [...region.identities.keys()].map((IdentityName) => ({
        IdentityName,
        IdentityType: typeOf(IdentityName),
        SendingEnabled: true,
        VerificationStatus: 'SUCCESS',
      })),
    })),
  ),
];

export { identityOf, identityRoutes };
