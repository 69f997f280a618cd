import { run } from '../run-process';

// The SDK loads its credential providers in a way that the sandbox of jest does not support.
describe('doctor without access to AWS', () => {
  it.concurrent.each([
    ['region', ['doctor', 'a'], {}, 'no region'],
    [
      'credentials',
      ['doctor', 'a', '--region', 'eu-west-1'],
      { AWS_ACCESS_KEY_ID: '' },
      'no AWS credentials were found',
    ],
  ])('reports missing %s', async (_, args, env, message) => {
    const { code, stdout } = await run(args, { env });
    expect(stdout.split('\n')[0]).toContain(message);
    expect(code).toBe(1);
  });
});
