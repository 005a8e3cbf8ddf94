import { network } from "hardhat";

import { measureForSnapshot, snapshotOf, writeSnapshot } from "./snapshot.ts";

/** `npm run bench:update`: measures the snapshot anew. */
writeSnapshot(snapshotOf(await measureForSnapshot(network)));
