import { stylesXml } from './styles';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The file of the only sheet in a workbook. */
const sheetFile = 'xl/worksheets/sheet1.xml';

/** Formats the list of the files that another file refers to. */
function relationshipsXml(files: readonly { type: string; target: string }[]): string {
  const items = files.map(
    ({ type, target }, index) =>
      `<Relationship Id="rId${index + 1}" Type="${relationships}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packages}/relationships">${items.join('')}</Relationships>`;
}

function contentTypesXml(): string {
  const parts = [
    ['xl/workbook.xml', 'sheet.main'],
    [sheetFile, 'worksheet'],
    ['xl/styles.xml', 'styles'],
  ].map(([file, type]) => `<Override PartName="/${file}" ContentType="${contentType}.${type}+xml"/>`);
  return [
    `<Types xmlns="${packages}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    ...parts,
    '</Types>',
  ].join('');
}

function workbookXml(name: string): string {
  return [
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relationships}">`,
    `<sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets>`,
    '</workbook>',
  ].join('');
}

/**
 * Returns the files of a workbook other than its only sheet, as pairs of name and content.
 *
 * @param name of the sheet: at most 31 lowercase letters and hyphens
 */
function workbookFiles(name: string): readonly (readonly [name: string, content: string])[] {
  const files: [string, string][] = [
    ['[Content_Types].xml', contentTypesXml()],
    ['_rels/.rels', relationshipsXml([{ type: 'officeDocument', target: 'xl/workbook.xml' }])],
    ['xl/workbook.xml', workbookXml(name)],
    [
      'xl/_rels/workbook.xml.rels',
      relationshipsXml([
        { type: 'worksheet', target: 'worksheets/sheet1.xml' },
        { type: 'styles', target: 'styles.xml' },
      ]),
    ],
    ['xl/styles.xml', stylesXml()],
  ];
  return files.map(([file, content]) => [file, declaration + content]);
}

export { declaration, sheetFile, workbookFiles };
