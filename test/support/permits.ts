import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Signature } from "ethers";

import { NO_DEADLINE } from "./fixtures.ts";
import type { ProtocolScene } from "./scenes.ts";

/** An EIP-2612 permit of `owner` for the offering, as the arguments of `permitFlock`. */
export async function signPermit(
  f: ProtocolScene,
  owner: HardhatEthersSigner,
  value: bigint,
  deadline = NO_DEADLINE,
): Promise<[bigint, bigint, number, string, string]> {
  const domain = { name: "FLOCK (local)", version: "1", chainId: 31_337n, verifyingContract: f.addresses.flock };
  const types = {
    Permit: [
      { name: "owner", type: "address" },
      { name: "spender", type: "address" },
      { name: "value", type: "uint256" },
      { name: "nonce", type: "uint256" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const message = {
    owner: owner.address,
    spender: f.addresses.offering,
    value,
    nonce: await f.flock.nonces(owner),
    deadline,
  };
  const { v, r, s } = Signature.from(await owner.signTypedData(domain, types, message));
  return [value, deadline, v, r, s];
}
