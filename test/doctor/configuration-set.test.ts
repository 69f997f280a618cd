import { judgeConfigurationSet } from '../../consumer/doctor/configuration-set';
import { absent, found, place, refused } from './healthy';

describe('the configuration set', () => {
  it('is there, and sends', () => {
    expect(judgeConfigurationSet(found({ SendingOptions: { SendingEnabled: true } }), place).status).toBe(
      'ok',
    );
  });

  it('is not there', () => {
    expect(judgeConfigurationSet(absent, place)).toMatchObject({
      status: 'failure',
      message: 'there is no configuration set newsletter in eu-west-1',
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

  it('may not be looked at', () => {
    expect(judgeConfigurationSet(refused, place)).toMatchObject({
      status: 'warning',
      fix: 'allow some:Action to whoever asks',
    });
  });
});
