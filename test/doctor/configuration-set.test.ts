import { judgeConfigurationSet } from '../../consumer/doctor/configuration-set';
import { absent, found, place, refused } from './healthy';

describe('the configuration set', () => {
  it('exists, and sending is enabled', () => {
    expect(judgeConfigurationSet(found({ SendingOptions: { SendingEnabled: true } }), place)).toMatchObject({
      status: 'ok',
      message: 'newsletter exists and sending is enabled',
    });
  });

  it('does not exist', () => {
    expect(judgeConfigurationSet(absent, place)).toMatchObject({
      status: 'failure',
      message: 'the configuration set newsletter does not exist in eu-west-1',
      fix: expect.stringContaining(
        'aws sesv2 create-configuration-set --configuration-set-name newsletter --region eu-west-1',
      ),
    });
  });

  it('is paused', () => {
    expect(judgeConfigurationSet(found({ SendingOptions: { SendingEnabled: false } }), place)).toEqual({
      check: 'configuration-set',
      status: 'failure',
      message: 'sending is paused for the configuration set newsletter',
      fix: 'aws sesv2 put-configuration-set-sending-options --sending-enabled --configuration-set-name newsletter --region eu-west-1',
    });
  });

  it('is a warning without permission to read it', () => {
    expect(judgeConfigurationSet(refused, place)).toMatchObject({
      status: 'warning',
      fix: 'allow some:Action for your credentials',
    });
  });
});
