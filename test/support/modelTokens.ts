import { artifacts } from "hardhat";
import { AbiCoder, dataSlice, getCreate2Address, keccak256, zeroPadBytes } from "ethers";

import type { LaunchTermsStruct } from "../../typechain-types/contracts/offering/RealModelOffering.ts";
import { networkHelpers, ethers } from "./fixtures.ts";
import type { ProtocolScene } from "./scenes.ts";

/** What a launch commits to: the first 160 bits of a hash of its number, its issuer and all of its terms (decision 65). */
export function commitmentOf(f: ProtocolScene, modelId: bigint, issuer: string, terms: LaunchTermsStruct): string {
  const [termsType] = f.offering.interface.getFunction("launch").inputs;
  const encoded = AbiCoder.defaultAbiCoder().encode(["uint256", "address", termsType!], [modelId, issuer, terms]);
  return dataSlice(keccak256(encoded), 0, 20);
}

/** The salt of the token of a launch. */
export const saltOf = (commitment: string): string => `${commitment}${"00".repeat(12)}`;

/** The hash of the code that creates a token. */
export const CODE_HASH = keccak256((await artifacts.readArtifact("ModelToken")).bytecode);

/** The address of the token of a launch, worked out without the contracts. */
export const tokenOfLaunch = (f: ProtocolScene, modelId: bigint, issuer: string, terms: LaunchTermsStruct): string =>
  getCreate2Address(f.addresses.tokenFactory, saltOf(commitmentOf(f, modelId, issuer, terms)), CODE_HASH);

/** The factory as graduation calls it. */
export async function asGraduation(f: ProtocolScene) {
  await networkHelpers.impersonateAccount(f.addresses.graduation);
  await networkHelpers.setBalance(f.addresses.graduation, 10n ** 18n);
  return f.tokenFactory.connect(await ethers.getSigner(f.addresses.graduation));
}

/** A salt of the tests. */
export const SALT = zeroPadBytes("0x07", 32);
