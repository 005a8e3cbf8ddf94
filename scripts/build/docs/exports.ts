import { join, relative } from "node:path";

import ts from "typescript";

/** Something that the SDK exports, as its declaration and its doc comment say. */
export interface Exported {
  name: string;
  kind: "function" | "type" | "value";
  /** The source file, such as `raise/fill`. */
  module: string;
  /** What a caller sees of it, without the doc comment. */
  declaration: string;
  /** The doc comment, without its tags. */
  text: string;
  /** Parameters that the doc comment describes. */
  parameters: { name: string; text: string }[];
  returns: string | undefined;
  throws: string | undefined;
  /** The source text. */
  source: string;
}

/** The subpaths of the package, and what is imported for each, from the folder of the SDK. */
export const SUBPATHS = {
  ".": "src/index.ts",
  "./abi": "src/abi/index.ts",
  "./ethers": "src/ethers/index.ts",
  "./node": "src/node/index.ts",
} as const;

/** A subpath of the package. */
export type Subpath = keyof typeof SUBPATHS;

/** The sources of the SDK, checked by the compiler. */
export interface Sources {
  /** The folder of the SDK. */
  folder: string;
  program: ts.Program;
}

/** Reads the sources of the SDK. */
export function readSources(root: string): Sources {
  const folder = join(root, "sdk");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const entries = Object.values(SUBPATHS).map((file) => join(folder, file));
  const program = ts.createProgram(entries, {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    types: [],
  });
  return { folder, program };
}

/** What the compiler declares of a source file. */
function declarationsOf(program: ts.Program, file: ts.SourceFile): ts.SourceFile {
  let declared = "";
  program.emit(file, (_path, text) => (declared = text), undefined, true);
  return ts.createSourceFile(file.fileName, declared, ts.ScriptTarget.Latest, true);
}

/** What a subpath exports, in its order. */
export function exportsOf({ folder, program }: Sources, subpath: Subpath): Exported[] {
  const checker = program.getTypeChecker();
  const entry = program.getSourceFile(join(folder, SUBPATHS[subpath]))!; // it was named to the program
  const files = new Map<ts.SourceFile, ts.SourceFile>();
  return checker.getExportsOfModule(checker.getSymbolAtLocation(entry)!).map((symbol) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const [declaration] = original.declarations!; // what is exported is declared
    const file = declaration!.getSourceFile();
    const declared = files.get(file) ?? declarationsOf(program, file);
    files.set(file, declared);
    const module = relative(join(folder, "src"), file.fileName).replaceAll("\\", "/").replace(/\.ts$/, "");
    return { name: symbol.name, module, source: declaration!.getText(), ...described(declared, original.name) };
  });
}

type Declared =
  | ts.VariableStatement
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ClassDeclaration;

/** The statement of a file that declares a name. */
function statementOf(file: ts.SourceFile, name: string): Declared {
  const declares = (statement: ts.Statement): statement is Declared =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.some((one) => one.name.getText() === name)
      : (statement as Partial<ts.DeclarationStatement>).name?.getText() === name;
  const found = file.statements.find(declares);
  if (found === undefined) throw new Error(`${file.fileName} does not declare ${name}.`);
  return found;
}

/** What is said of a name in a file of declarations. */
function described(file: ts.SourceFile, name: string): Omit<Exported, "name" | "module" | "source"> {
  const statement = statementOf(file, name);
  const comment = ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc);
  const tags: readonly ts.JSDocTag[] = comment?.tags ?? [];
  const textOf = (tag: ts.JSDocTag | undefined) => (tag === undefined ? undefined : plain(tag.comment));
  return {
    ...declarationOf(statement, name),
    text: plain(comment?.comment) ?? "",
    parameters: tags
      .filter(ts.isJSDocParameterTag)
      .map((tag) => ({ name: tag.name.getText(), text: textOf(tag) ?? "" })),
    returns: textOf(tags.find(ts.isJSDocReturnTag)),
    throws: textOf(tags.find(ts.isJSDocThrowsTag)),
  };
}

/** The text of a comment: paragraphs stay, lines do not. */
function plain(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string | undefined {
  return ts
    .getTextOfJSDocComment(comment)
    ?.split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, " ").trim())
    .join("\n\n");
}

/** What a caller sees: a function as such, however it was written. */
function declarationOf(statement: Declared, name: string): Pick<Exported, "kind" | "declaration"> {
  const text = statement.getText().replace(/^export (declare )?/, "");
  if (ts.isFunctionDeclaration(statement)) return { kind: "function", declaration: text };
  if (!ts.isVariableStatement(statement))
    return { kind: ts.isClassDeclaration(statement) ? "value" : "type", declaration: text };
  const { type } = statement.declarationList.declarations[0]!;
  if (type === undefined || !ts.isFunctionTypeNode(type)) return { kind: "value", declaration: text };
  const generics = type.typeParameters === undefined ? "" : `<${listed(type.typeParameters)}>`;
  return {
    kind: "function",
    declaration: `function ${name}${generics}(${listed(type.parameters)}): ${type.type.getText()};`,
  };
}

const listed = (nodes: ts.NodeArray<ts.Node>): string => nodes.map((node) => node.getText()).join(", ");
