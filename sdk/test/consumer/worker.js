import { parentPort } from "node:worker_threads";

import { probe } from "./bundle.js";

parentPort.postMessage(await probe());
