/**
 * Versions of the AWS provider that the resources here are written for. The constructs of `@cdktf/provider-aws`
 * ask for 6.x; nothing that they write here is missing in 5.100, which has the retry that a new role needs.
 */
const providerVersions = '>= 5.100, < 7';

export { providerVersions };
