import { run } from '../run-process';

// The SDK loads what looks for credentials in a way that jest's sandbox does not know.
describe('doctor where AWS cannot be asked', () => {
  it.concurrent.each([
    ['a region', ['doctor', '--configuration-set', 'a'], {}, 'Region is missing'],
    [
      'credentials',
      ['doctor', '--configuration-set', 'a', '--region', 'eu-west-1'],
      { AWS_ACCESS_KEY_ID: '' },
      'CredentialsProviderError',
    ],
  ])('misses %s, and says so', async (_, args, env, message) => {
    const { code, stdout } = await run(args, { env });
    expect(stdout.split('\n')[0]).toContain(message);
    expect(code).toBe(1);
  });
});
