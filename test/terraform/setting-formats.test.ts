import fc from 'fast-check';
import { settingFormats } from '../../consumer/cli/formats/setting-formats';
import { describeWithTerraform } from './describe-with-terraform';
import { terraform, terraformFolder, writeFiles } from './terraform';

describeWithTerraform('settings in HCL', () => {
  it('keep their values when Terraform reads them', () => {
    // Terraform normalizes texts, so only normalized texts remain unchanged.
    const unit = fc.oneof(
      fc.constantFrom('$', '%', '{', '}', '"', '\\', 'u', 'n', '~'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const texts = fc.sample(
      fc.string({ unit, maxLength: 12 }).map((text) => text.normalize('NFC')),
      500,
    );
    const hostile = [
      '${var.a}',
      '$${a}',
      '$$${a}',
      '%{ if true }',
      '%%{',
      '\\${a}',
      '\b\f\n\r\t\u001b\u202e',
      '\\b',
    ];
    const all = [...hostile, ...texts];
    const folder = terraformFolder();
    const locals = settingFormats.hcl({
      eventTypes: all,
      tags: Object.fromEntries(all.map((text, index) => [`${index}${text}`, text])),
    });
    writeFiles(folder, {
      'main.tf': `locals {\n${locals}}\noutput "read" {\n  value = { list = local.event_types, map = local.tags }\n}\n`,
    });
    expect(terraform(folder, 'apply', '-auto-approve', '-no-color')).toMatchObject({ code: 0, stderr: '' });
    const { list, map } = JSON.parse(terraform(folder, 'output', '-json', 'read').stdout);
    expect(list).toEqual(all);
    expect(map).toEqual(Object.fromEntries(all.map((text, index) => [`${index}${text}`, text])));
  });

  it('have the format of terraform fmt', () => {
    const folder = terraformFolder();
    const settings = {
      configurationSets: ['a'],
      maxDeliverySeconds: 300,
      tags: { a: 'b' },
      eventTypes: ['SEND'],
    };
    writeFiles(folder, { 'main.tf': `locals {\n${settingFormats.hcl(settings)}}\n` });
    expect(terraform(folder, 'fmt', '-check', '-diff', '-no-color').stdout).toBe('');
  });
});
