import { Interface, Transaction } from "ethers";
import type { TransactionLike } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

/** Where chains of the OP stack say what they take for writing a transaction to the chain below them. */
const DATA_FEES = "0x420000000000000000000000000000000000000F";
const DATA_FEES_ABI = new Interface(["function getL1Fee(bytes unsignedTransaction) view returns (uint256)"]);

/** Whether a chain takes something for the data of a transaction. */
export const takesDataFee = async ({ ethers }: NetworkConnection): Promise<boolean> =>
  (await ethers.provider.getCode(DATA_FEES)) !== "0x";

/** What a chain of the OP stack takes for the data of a transaction now [wei]. */
export async function dataFeeOf({ ethers }: NetworkConnection, unsigned: TransactionLike): Promise<bigint> {
  const { unsignedSerialized } = Transaction.from({ type: 2, ...unsigned });
  const call = DATA_FEES_ABI.encodeFunctionData("getL1Fee", [unsignedSerialized]);
  const answer = await ethers.provider.call({ to: DATA_FEES, data: call });
  return DATA_FEES_ABI.decodeFunctionResult("getL1Fee", answer)[0] as bigint;
}
