import { parseEther } from "ethers";

import type {
  LaunchTermsStruct,
  ModelIdentityStruct,
} from "../../../typechain-types/contracts/offering/RealModelOffering.ts";

/** The terms of a launch, with name, symbol and hash beside the rest. */
export type FlatTerms = Omit<LaunchTermsStruct, "identity"> & ModelIdentityStruct;

/** The terms of the paper's worked example (section 3.3.4): G = 50,000 and P0 = 0.1; the rest is of ordinary length. */
export function workedExample(overrides: Partial<FlatTerms> = {}): LaunchTermsStruct {
  const { name, symbol, metadataHash, ...terms } = {
    name: "QwenALICE",
    symbol: "QALICE",
    metadataHash: `0x${"a1".repeat(32)}`,
    metadataUri: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
    usage: { tierId: 1n, minimumPrice: 1_000_000n },
    minimumRaise: parseEther("20000"),
    target: parseEther("50000"),
    startPriceWad: parseEther("0.1"),
    saleDuration: 0n,
    openingMode: 0n,
    ...overrides,
  };
  return { identity: { name, symbol, metadataHash }, ...terms };
}
