import ts from 'typescript-api';

/** A field in the types of a declaration file, and the field of the sources that it comes from. */
interface Field {
  written: ts.PropertySignature;
  source: ts.Declaration;
}

/** Returns the docstring directly above a declaration, as written. */
function docstringOf(declaration: ts.Declaration): string | undefined {
  return ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1)?.getText();
}

/** Returns the fields of the object literals in a source that have a docstring. */
function documentedFields(source: ts.SourceFile): ts.Declaration[] {
  const found: ts.Declaration[] = [];
  const visit = (node: ts.Node): void => {
    const isField = ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node);
    if (isField && docstringOf(node) !== undefined) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Returns the constants at the top level of a file, by name. */
function constantsOf(file: ts.SourceFile): Map<string, ts.VariableDeclaration> {
  const constants = file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  return new Map(constants.map((constant) => [constant.name.getText(file), constant]));
}

/** Returns the arguments of a generic type. Those of a tuple are the types of its items. */
function argumentsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0; // undefined elsewhere
  return isReference ? checker.getTypeArguments(type as ts.TypeReference) : []; // the flag marks these
}

/**
 * Returns the fields in the constants of a declaration file. The compiler writes the type of each schema in
 * full, so a field can come from another source. The type of the constant in the source, which is followed in
 * parallel, determines which one.
 */
function fieldsOf(checker: ts.TypeChecker, source: ts.SourceFile, written: ts.SourceFile): Field[] {
  const found: Field[] = [];
  const visit = (node: ts.TypeNode | undefined, type: ts.Type | undefined): void => {
    if (node === undefined || type === undefined) return;
    const visitEach = (nodes: readonly ts.TypeNode[]) => {
      const types = argumentsOf(checker, type);
      for (const [index, item] of nodes.entries()) visit(item, types[index]);
    };
    if (ts.isTypeLiteralNode(node)) {
      for (const member of node.members.filter(ts.isPropertySignature)) {
        const property = type.getProperty(member.name.getText(written).replace(/^(["'])(.*)\1$/, '$2'));
        const declaration = property?.declarations?.[0];
        if (property === undefined || declaration === undefined) continue;
        found.push({ written: member, source: declaration });
        visit(member.type, checker.getTypeOfSymbol(property));
      }
    } else if (ts.isTypeReferenceNode(node)) visitEach(node.typeArguments ?? []);
    else if (ts.isTupleTypeNode(node)) visitEach(node.elements);
    else if (ts.isTypeOperatorNode(node)) visit(node.type, type);
  };
  const constants = constantsOf(source);
  for (const [name, { type }] of constantsOf(written)) {
    const constant = constants.get(name);
    visit(type, constant && checker.getTypeAtLocation(constant));
  }
  return found;
}

export { docstringOf, documentedFields, type Field, fieldsOf };
