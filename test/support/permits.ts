import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import type { ProtocolScene } from "./scenes.ts";
import { permitFor } from "./usage/signatures.ts";

/** An EIP-2612 permit of `owner` for the offering, as the arguments of `permitFlock`. */
export const signPermit = (f: ProtocolScene, owner: HardhatEthersSigner, value: bigint, deadline?: bigint) =>
  permitFor(f.flock, owner, f.addresses.offering, value, deadline);
