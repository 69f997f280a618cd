import { formatTime } from '../../texts/number-text';
import type { SectionContext } from '../sections/section';
import { Page } from './page';
import { ReportHead, reportParts, SectionsPlace } from './report-page';
import { styleSource, styleText } from './style';

/**
 * Renders the report as one file, in parts. It has no script, and loads nothing.
 *
 * @param now the time of the report
 * @throws {QueryError} when the engine fails
 */
async function* reportFile(context: SectionContext, now: Date): AsyncGenerator<string, void> {
  const { scope } = context.answers;
  const text = styleText();
  const page = (
    <Page title="Email report" style={{ text, source: styleSource(text) }}>
      <main>
        <ReportHead scope={scope}>
          <p class="note">{`Made by ses-events at ${formatTime(now, scope.timezone)} (${scope.timezone}).`}</p>
        </ReportHead>
        <SectionsPlace />
      </main>
    </Page>
  );
  yield* reportParts(page, context);
}

export { reportFile };
