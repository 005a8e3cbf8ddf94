import { parseArgs } from "node:util";

import { FomoError } from "../../../sdk/src/errors/fomoError.ts";
import { OperatorError } from "./config/operatorError.ts";
import { readConfig } from "./config/read.ts";
import { startGateway } from "./gateway.ts";

/** `npm start`: runs a gateway until Ctrl-C. */
const HELP = `Serves a model's API, paid by voucher.

  npm start -- [--config FILE]

  --config FILE   the gateway's file; local.json5 if left out
  --help          this

Environment: DATABASE_URL (a PostgreSQL server instead of the embedded store), FOMO_GATEWAY_KEY (the key that signs
receipts), FOMO_RELAYER_KEY (pays gas for users, if the file has \`relay\`), FOMO_OPERATOR_TOKEN (opens /operator/).`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { config: { type: "string", default: "local.json5" }, help: { type: "boolean" } },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const gateway = await startGateway(readConfig(values.config), values.config, process.env);
  const stop = () => {
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof OperatorError || error instanceof FomoError ? error.message : error);
  process.exitCode = 1;
});
