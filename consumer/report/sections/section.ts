import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ArchiveFacts } from '../../queries/answers/open-source';
import type { Answers } from '../data/answers';

/** The data that sections show. */
interface SectionContext {
  answers: Answers;
  /** Counts of the archive; undefined for Athena. */
  facts: ArchiveFacts | undefined;
}

/** A part of the report about one subject. */
interface Section {
  /** The anchor of the section, as in an address. */
  id: string;
  title: string;
  /** @throws {QueryError} when the engine fails */
  render(context: SectionContext): Promise<JSX.Element>;
}

export type { Section, SectionContext };
