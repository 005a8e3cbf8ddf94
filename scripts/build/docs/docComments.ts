import { readFileSync } from "node:fs";

import ts from "typescript";

/** The doc comments of what a file declares, by name, each as one line of text without its tags. */
export function docCommentsOf(file: string): Map<string, string> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = new Map<string, string>();
  for (const statement of source.statements) {
    const [comment] = ts.getJSDocCommentsAndTags(statement);
    if (comment === undefined || !ts.isVariableStatement(statement)) continue;
    const text = ts.getTextOfJSDocComment(comment.comment) ?? "";
    for (const { name } of statement.declarationList.declarations) {
      found.set(name.getText(source), text.replaceAll(/\s+/g, " ").trim());
    }
  }
  return found;
}
