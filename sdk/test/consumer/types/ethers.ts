// What `./ethers` gives: contracts of ethers with the types of ours.
import type { ContractTransactionResponse, Provider, Signer } from "ethers";
import { deploymentOf } from "fomo-sdk";
import { connectAs, connectProtocol } from "fomo-sdk/ethers";
import type { Contracts } from "fomo-sdk/ethers";

import { exactly } from "./exactly.ts";

declare const provider: Provider;
declare const signer: Signer;
const protocol = connectProtocol(deploymentOf(31337).addresses, provider);
exactly<Contracts["offering"]>()(protocol.offering);
exactly<bigint>()((await protocol.offering.saleOf(1n)).feeRate);
exactly<ContractTransactionResponse>()(await protocol.meter.connect(signer).deposit(1n));
exactly<string>()(await connectAs("modelToken", "0x", signer).symbol());
const [bought] = await protocol.offering.queryFilter(protocol.offering.filters.Bought(1n));
exactly<bigint | undefined>()(bought?.args.mtOut);
// @ts-expect-error The offering has no such function.
await protocol.offering.settle([]);
// @ts-expect-error An amount is a whole number.
await protocol.meter.connect(signer).deposit({});
