import { mentioningEvents } from '../../../consumer/queries/erasing/find-erasures';

describe('the search for a person', () => {
  const sql = mentioningEvents("o'ana@example.com", 'forgotten-0123456789ab@forgotten.invalid');

  it('has limits for all repetitions, because the engine of Trino tries each place again', () => {
    const [, pattern = ''] = /regexp_like\(.*, '(.*)'\)$/s.exec(sql) ?? [];
    expect(pattern.length).toBeGreaterThan(500);
    expect(pattern).not.toMatch(/(?:\\\\|[)\]=])[*+]/);
  });

  it('reads the texts of the archive, and quotes the address', () => {
    expect(sql).toContain('FROM event_archive CROSS JOIN');
    expect(sql).toContain('from_utf8(raw)');
    expect(sql).not.toContain("o'ana");
  });
});
