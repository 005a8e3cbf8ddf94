import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";

import { OperatorError } from "../../src/config/operatorError.ts";
import { openPglite } from "../../src/store/pglite.ts";

describe("the embedded store", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "fomo-pglite-")), "store");
  after(() => {
    rmSync(join(folder, ".."), { recursive: true, force: true });
  });

  const refusesSecond = async () => {
    await assert.rejects(openPglite(folder), (error: unknown) => {
      assert.ok(error instanceof OperatorError);
      assert.match(
        error.message,
        /has the embedded store .* open: stop it, or give this gateway another `store.folder`/,
      );
      return true;
    });
  };

  it("is opened by one process alone, and by the next when that has closed it or was killed", async () => {
    const store = await openPglite(folder);
    await refusesSecond();
    await store.close();
    const script = `import { openPglite } from ${JSON.stringify(join(import.meta.dirname, "../../src/store/pglite.ts"))};
      await openPglite(${JSON.stringify(folder)}); console.log("open"); setInterval(() => undefined, 1_000);`;
    const other = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(other.stdout, "data");
    await refusesSecond();
    const ended = once(other, "exit");
    other.kill("SIGKILL");
    await ended;
    const again = await openPglite(folder);
    assert.deepEqual(await again.query("select 1 as one"), [{ one: 1 }]);
    await again.close();
  });
});
