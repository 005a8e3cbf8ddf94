import { Contract } from "ethers";
import { FomoError, deploymentOf } from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

const { addresses } = deploymentOf(31337);
const protocol = connectProtocol(addresses, null);
const result = {
  isContract: protocol.offering instanceof Contract,
  isAtPlace: protocol.offering.target === addresses.offering,
  sharesErrors: throwsFomoError(() => deploymentOf(1)),
};
process.stdout.write(JSON.stringify({ version: process.version, result }));

function throwsFomoError(act) {
  try {
    act();
    return false;
  } catch (error) {
    return error instanceof FomoError;
  }
}
