import { mailboxProvider, mailboxProviders } from '../../../consumer/archive/views/mailbox-providers';
import { AskedArchive } from '../../queries/asked-archive';

const archive = new AskedArchive();
const domains = Object.values(mailboxProviders).flat();

/** Returns the provider of a domain and a tag of SES. */
async function providerOf(domain: string | null, isp: string | null): Promise<unknown> {
  const [row] = await archive.rows(
    `SELECT ${mailboxProvider('domain', 'isp')} AS provider FROM (SELECT $domain AS domain, $isp AS isp) email`.replaceAll(
      /\$(\w+)/g,
      (_, name) => {
        const value = name === 'domain' ? domain : isp;
        return value === null ? 'CAST(NULL AS VARCHAR)' : `'${value}'`;
      },
    ),
  );
  return row?.provider;
}

describe('the table of mailbox providers', () => {
  it('has each domain once, in lower case', () => {
    expect(domains.filter((domain, index) => domains.indexOf(domain) !== index)).toEqual([]);
    for (const domain of domains) expect(domain).toMatch(/^(?:[a-z\d-]+\.)+[a-z]{2,}$/);
  });

  it('has no provider with the name for the others', () => {
    expect(Object.keys(mailboxProviders).map((name) => name.toLowerCase())).not.toContain('other');
  });
});

describe('the mailbox provider', () => {
  it.each([
    ['gmail.com', null, 'Gmail'],
    ['googlemail.com', null, 'Gmail'],
    ['hotmail.co.uk', null, 'Outlook.com'],
    ['att.net', null, 'AT&T'],
    // The table has precedence, so that a provider has one name.
    ['web.de', 'SomethingElse', 'WEB.DE'],
    ['shop.example', 'gmail', 'Gmail'],
    ['shop.example', 'Rackspace', 'Rackspace'],
    ['shop.example', 'UNKNOWN_ISP', 'other'],
    ['shop.example', null, 'other'],
    ['notgmail.com', null, 'other'],
    ['gmail.com.shop.example', null, 'other'],
    [null, null, 'other'],
    [null, 'Gmail', 'Gmail'],
  ])('of the domain %s with the tag %s is %s', async (domain, isp, provider) => {
    expect(await providerOf(domain, isp)).toBe(provider);
  });
});
