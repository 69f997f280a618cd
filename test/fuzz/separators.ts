/** What may lie between records and is none, as latin1. */
const separators = /^(?:[ \t\r\n,[\]]|\\[nr]|\xef\xbb\xbf)*$/;

export { separators };
