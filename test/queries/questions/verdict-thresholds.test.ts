import { questions } from '../../../consumer/queries/questions/question';
import { verdictSql, verdictThresholds } from '../../../consumer/queries/questions/verdict-thresholds';
import { AskedArchive } from '../asked-archive';

const archive = new AskedArchive();
const rates = ['bounce', 'complaint'] as const;

describe.each(rates)('the verdict on a %s rate', (rate) => {
  const { review, danger } = verdictThresholds[rate];

  it.each([
    [0, 'ok'],
    [review - 1e-9, 'ok'],
    [review, 'review'],
    [danger - 1e-9, 'review'],
    [danger, 'danger'],
    [1, 'danger'],
    [null, null],
  ])('of %s is %s', async (value, verdict) => {
    const rows = await archive.rows(
      `SELECT ${verdictSql(rate, 'rate')} AS verdict FROM (SELECT CAST(${value ?? 'NULL'} AS double) AS rate)`,
    );
    expect(rows).toEqual([{ verdict }]);
  });

  it('has its thresholds in the meaning of its column in every question', () => {
    const columns = questions().flatMap((question) =>
      question.columns.filter(({ name }) => name === `${rate}_verdict`),
    );
    expect(columns.map(({ type }) => type)).toEqual(['verdict', 'verdict']);
    for (const { meaning } of columns) {
      expect(meaning).toContain(`\`review\` (from ${review * 100}%`);
      expect(meaning).toContain(`\`danger\` (from ${danger * 100}%`);
    }
  });
});
