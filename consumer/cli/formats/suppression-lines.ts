/** Someone to whom nothing more should be sent, and why: what SES's suppression list takes. */
interface Candidate {
  address: string;
  reason: 'BOUNCE' | 'COMPLAINT';
}

/** The formats of SES's import job. */
type ImportFormat = 'csv' | 'json';

/**
 * Whether an address goes into a line as it is: nothing quotes in this format, so what would need quotes, or
 * is no address, cannot go in.
 */
function isPlainAddress(address: string): boolean {
  return /^[^\s",;<>\p{Cc}]+@[^\s",;<>@\p{Cc}]+$/u.test(address);
}

/**
 * A line of a file for SES's import job, without its end: `ana@example.com,BOUNCE`, or one JSON object a
 * line. There is no header, and no apostrophe before `+ana@example.com`: a machine reads it.
 *
 * The page shows both formats, and that one file holds up to 100,000 addresses; the API's reference says
 * no more than `CSV` and `JSON`.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateImportJob.html
 */
function importLine({ address, reason }: Candidate, format: ImportFormat): string {
  return format === 'csv' ? `${address},${reason}` : JSON.stringify({ emailAddress: address, reason });
}

/** How many addresses SES takes from one file. */
const mostOfImport = 100_000;

export { type Candidate, type ImportFormat, importLine, isPlainAddress, mostOfImport };
