import { USAGE_EXAMPLES, playAsProcesses } from "../support/examples.ts";

describe("fomo commands of usage, each as a process of its own", function () {
  this.timeout(60_000);
  playAsProcesses(USAGE_EXAMPLES);
});
