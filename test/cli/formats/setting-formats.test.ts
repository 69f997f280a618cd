import fc from 'fast-check';
import { settingFormats } from '../../../consumer/cli/formats/setting-formats';
import { snakeName } from '../../../modules/cdktf/logical-id';
import { describeFields } from '../../../modules/stream-settings';
import { unsafe } from '../unsafe-text';

const hostile = `\u001b[2J"\${var.secret}%{ if true }\u202e\u0085\b\f\\u0041`;

describe('formatted settings', () => {
  it('are arguments of the module, aligned as by terraform fmt', () => {
    expect(
      settingFormats.hcl({
        configurationSets: ['marketing'],
        maxDeliverySeconds: 300,
        reputationMetrics: false,
        eventTypes: ['SEND', 'BOUNCE'],
        tags: { team: 'mail', 'cost center': '4711' },
      }),
    ).toBe(
      [
        '  configuration_sets   = ["marketing"]',
        '  max_delivery_seconds = 300',
        '  reputation_metrics   = false',
        '  event_types          = ["SEND", "BOUNCE"]',
        '  tags                 = { "team" = "mail", "cost center" = "4711" }',
        '',
      ].join('\n'),
    );
  });

  it("have the names of the module's variables", () => {
    const names = describeFields().map(({ name }) => name);
    const written = settingFormats.hcl(Object.fromEntries(names.map((name) => [name, true])));
    expect(written.split('\n').map((line) => line.split('=')[0]?.trim())).toEqual([
      ...names.map(snakeName),
      '',
    ]);
  });

  it('in JSON are parsed back unchanged', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(hostile));
    fc.assert(
      fc.property(texts, fc.dictionary(fc.string({ unit: 'binary' }), texts), (text, tags) => {
        const settings = { sendingPoolName: text, eventTypes: [text], tags };
        expect(JSON.parse(settingFormats.json(settings))).toEqual(settings);
      }),
    );
  });

  it.each(['hcl', 'json'] as const)('are safe for a terminal, and contain no expression: %s', (format) => {
    const written = settingFormats[format]({ sendingPoolName: hostile, tags: { [hostile]: hostile } });
    for (const line of written.split('\n')) expect(line).not.toMatch(unsafe);
    if (format === 'hcl') expect(written).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
  });
});
