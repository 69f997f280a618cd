import { answer, call } from '../../../consumer/doctor/answers/answer';

/** An error as the SDK throws it. */
function sdkError(name: string, status?: number): Error {
  return Object.assign(new Error('from the test'), { name, $metadata: { httpStatusCode: status } });
}

const ask = (error: Error) => answer(() => call('iam:GetRole', Promise.reject(error)));

describe('an answer from AWS', () => {
  it('contains the value', async () => {
    expect(await answer(() => call('iam:GetRole', Promise.resolve(1)))).toEqual({ state: 'found', value: 1 });
  });

  it.each([
    ['NotFoundException', 404],
    ['NoSuchEntityException', 404],
    ['NoSuchBucketPolicy', 404],
    ['ResourceNotFoundException', 400],
    ['ServerSideEncryptionConfigurationNotFoundError', 404],
    ['NotFound', 404],
    ['404', 404],
  ])('%s means that the resource does not exist', async (name, status) => {
    expect(await ask(sdkError(name, status))).toEqual({ state: 'absent' });
  });

  it.each([
    ['AccessDeniedException', 400],
    ['AccessDenied', 403],
    ['Forbidden', 403],
    ['403', 403],
    ['Unknown', 403],
  ])('%s means that the request is not allowed, and names the action', async (name, status) => {
    expect(await ask(sdkError(name, status))).toEqual({ state: 'refused', action: 'iam:GetRole' });
  });

  it.each([
    ['InvalidClientTokenId', 403, 'InvalidClientTokenId'],
    ['ThrottlingException', 400, 'ThrottlingException'],
    ['ExpiredToken', 400, 'ExpiredToken: renew the credentials'],
  ])('%s means that the request failed', async (name, status, reason) => {
    expect(await ask(sdkError(name, status))).toEqual({ state: 'failed', reason });
  });

  it.each([
    ['without a region', 'Region is missing'],
    ['with an empty region', 'Region not accepted: region="" is not a valid hostname component.'],
  ])('%s contains the fix', async (_, message) => {
    expect(await ask(new Error(message))).toEqual({
      state: 'failed',
      reason: 'no region',
      fix: 'set AWS_REGION, or add --region',
    });
  });

  it.each([
    ['InvalidAction', 400],
    ['UnknownOperationException', 400],
    ['NotImplemented', 501],
    ['Unknown', 501],
  ])(
    '%s means that the server does not support the operation, and names the action',
    async (name, status) => {
      expect(await ask(sdkError(name, status))).toEqual({ state: 'unknown', action: 'iam:GetRole' });
    },
  );

  it('is the first failure of several requests', async () => {
    const given = await answer(async () => {
      await call('a:One', Promise.resolve());
      await call('a:Two', Promise.reject(sdkError('AccessDenied', 403)));
      return call('a:Three', Promise.resolve());
    });
    expect(given).toEqual({ state: 'refused', action: 'a:Two' });
  });

  it('does not hide an internal error', async () => {
    const mistake = new TypeError('x is not a function');
    await expect(answer(() => Promise.reject(mistake))).rejects.toBe(mistake);
  });
});
