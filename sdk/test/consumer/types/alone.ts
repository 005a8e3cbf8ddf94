// What the types of `.` and `./abi` say where no other package is installed.
import { answerOf, buyExactIn, callOf, deploymentOf, quoteExactIn, raiseOf, readOf, saleAt } from "fomo-sdk";
import type { Address, Events, Hex, ReadResult } from "fomo-sdk";
import { meterAbi } from "fomo-sdk/abi";

import { exactly } from "./exactly.ts";

const deployment = deploymentOf(31337);
exactly<Address>()(deployment.addresses.meter);
exactly<number>()(deployment.startBlocks.meter);

// What is asked decides what is answered.
const supply = readOf(deployment, "flock", "balanceOf", ["0x0000000000000000000000000000000000000001"]);
exactly<bigint>()(answerOf(supply, "0x"));
const raise = answerOf(raiseOf(deployment, 1n), "0x");
exactly<ReadResult<"lens", "raiseOf">>()(raise);
exactly<Address>()(raise.token);

// @ts-expect-error The offering has no such function.
readOf(deployment, "offering", "balanceOf", []);
// @ts-expect-error It takes the number of a model.
readOf(deployment, "offering", "saleOf", ["1"]);
// @ts-expect-error A deployment does not know the tokens of models.
readOf(deployment, "modelToken", "name", []);

// Amounts are whole numbers and nothing else.
const sale = saleAt(raise, { readAt: 1n, time: 1n });
exactly<bigint>()(quoteExactIn(sale, 1n).mtOut);
// @ts-expect-error Not a number.
quoteExactIn(sale, 1);
const terms = { modelId: 1n, recipient: "0x", token: "0x", deadline: 1n };
exactly<Hex>()(callOf(buyExactIn(deployment, { ...terms, flockIn: 1n, mtOutMin: 1n })).data);
// @ts-expect-error Without a minimum.
buyExactIn(deployment, { ...terms, flockIn: 1n });

exactly<bigint>()((null as unknown as Events["offering"]["Bought"]).flockIn);
exactly<"meter">()("meter" satisfies keyof Events & "meter");
exactly<"error">()(meterAbi[0].type);
