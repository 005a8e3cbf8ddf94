import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { GENERATED_FOLDERS, ROOT, generatedFiles } from "../../scripts/build/docs/generated.ts";

describe("what `npm run docs` writes", () => {
  let files: Map<string, string>;

  before(async () => {
    files = await generatedFiles();
  });

  it("is what is committed", () => {
    expect(files.size).to.be.greaterThan(50);
    for (const [path, text] of files) expect(readFileSync(join(ROOT, path), "utf8"), path).to.equal(text);
  });

  it("is all that stands in its folders", () => {
    for (const folder of GENERATED_FOLDERS) {
      const found = globSync(`${folder}/**/*.*`, { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));
      expect(found).to.have.members([...files.keys()].filter((path) => path.startsWith(`${folder}/`)));
    }
  });
});
