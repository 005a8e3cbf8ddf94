// What viem infers from our ABIs and descriptors.
import { answerOf, deploymentOf, quoteExactIn, raiseOf, readOf, saleAt } from "fomo-sdk";
import type { Address } from "fomo-sdk";
import { errorsAbi, meterAbi, offeringAbi } from "fomo-sdk/abi";
import { createPublicClient, decodeErrorResult, decodeEventLog, getContract, http } from "viem";

import { exactly } from "./exactly.ts";

const deployment = deploymentOf(31337);
const client = createPublicClient({ transport: http() });

// A descriptor is what `readContract` and `multicall` take.
const raise = await client.readContract(raiseOf(deployment, 1n));
exactly<bigint>()(raise.raised);
exactly<`0x${string}`>()(raise.token);
// @ts-expect-error It has no such field.
raise.rased;
const [sale, balance] = await client.multicall({
  allowFailure: false,
  contracts: [
    readOf(deployment, "offering", "saleOf", [1n]),
    readOf(deployment, "flock", "balanceOf", [deployment.addresses.offering]),
  ],
});
exactly<bigint>()(sale.feeRate);
exactly<bigint>()(balance);

// What viem has read, the quotes take.
quoteExactIn(sale, 1n);
saleAt(raise, { readAt: 1n, time: 1n });

// The ABIs alone.
const meter = getContract({ abi: meterAbi, address: deployment.addresses.meter, client });
exactly<bigint>()(await meter.read.nonces(["0x0000000000000000000000000000000000000001"]));
// @ts-expect-error The meter has no such function.
await meter.read.saleOf([1n]);
const sales = { address: deployment.addresses.offering, abi: offeringAbi, functionName: "saleOf" } as const;
// @ts-expect-error The number of a model is no text.
await client.readContract({ ...sales, args: ["1"] });

const event = decodeEventLog({ abi: offeringAbi, data: "0x", topics: [] });
if (event.eventName === "Bought") {
  exactly<bigint>()(event.args.mtOut);
  exactly<Address>()(event.args.recipient);
  // @ts-expect-error It has no such value.
  event.args.price;
}
// @ts-expect-error The offering has no such event.
decodeEventLog({ abi: offeringAbi, eventName: "Settled", data: "0x", topics: [] });

const refusal = decodeErrorResult({ abi: errorsAbi, data: "0x" });
if (refusal.errorName === "Meter_AboveDeposit") exactly<readonly [bigint, bigint]>()(refusal.args);

// An answer that something else has fetched has the same fields.
exactly<keyof typeof raise>()(null as unknown as keyof ReturnType<typeof answerOf<"lens", "raiseOf">>);
