import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { BytesLike } from "ethers";

import { connectAs, interfaceAs } from "../../sdk/src/ethers/connect.ts";
import { poolOf } from "./buyback.ts";
import { ethers } from "./fixtures.ts";
import { amountOut } from "./model/constantProduct.ts";

/** One call in a transaction of several. */
export interface Call {
  target: string;
  data: BytesLike;
}

const token = interfaceAs("flock");
const pair = interfaceAs("pair");

/** The calls of a trade straight on a pair: `amountIn` is sent there, `out` comes to `to`. */
export function tradeCalls(
  pairAddress: string,
  tokenIn: string,
  inIsFirst: boolean,
  amountIn: bigint,
  out: bigint,
  to: string,
): Call[] {
  const [out0, out1] = inIsFirst ? [0n, out] : [out, 0n];
  return [
    { target: tokenIn, data: token.encodeFunctionData("transfer", [pairAddress, amountIn]) },
    { target: pairAddress, data: pair.encodeFunctionData("swap", [out0, out1, to, "0x"]) },
  ];
}

/** A contract that makes several calls in one transaction. */
export async function deployRunner() {
  const runner = await ethers.deployContract("CallRunner");
  const address = await runner.getAddress();
  return { address, run: (calls: readonly Call[]) => runner.getFunction("run").send(calls) };
}

/** Trades straight on a pair with all that it gives. */
export async function trade(who: HardhatEthersSigner, pairAddress: string, tokenIn: string, amountIn: bigint) {
  const inIsFirst = (await connectAs("pair", pairAddress, who).token0()) === tokenIn;
  const out = amountOut(await poolOf(pairAddress, tokenIn), amountIn);
  for (const { target, data } of tradeCalls(pairAddress, tokenIn, inIsFirst, amountIn, out, who.address)) {
    await who.sendTransaction({ to: target, data: data.toString() });
  }
  return out;
}
