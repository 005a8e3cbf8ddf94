import { serve } from "@hono/node-server";

import { chatServer } from "./chat.ts";
import { MODEL_FILE } from "./fetchModel.ts";
import { loadModel } from "./model.ts";

/** A server for the small model at http://127.0.0.1:8403/v1. */
const ask = await loadModel(MODEL_FILE);
serve({ fetch: chatServer("smollm2-135m", ask).fetch, hostname: "127.0.0.1", port: 8403 }, () => {
  console.log("The small model listens at http://127.0.0.1:8403/v1; Ctrl-C stops it.");
});
