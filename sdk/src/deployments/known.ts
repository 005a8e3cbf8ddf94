// Written by `npm run build` from the contracts: do not edit.
import type { Deployment } from "./deployment.ts";

/** Where the protocol is, by chain. */
export const KNOWN_DEPLOYMENTS: Readonly<Record<number, Deployment>> = {
  31337: {
    chainId: 31337,
    network: "localhost",
    firstBlock: 10,
    usdcDecimals: 6,
    addresses: {
      accessManager: "0x8A791620dd6260079BF849Dc5567aDC3F2FdC318",
      registry: "0xB7f8BC63BbcaD18155201308C8f3540b07f84F5e",
      tokenFactory: "0x610178dA211FEF7D417bC0e6FeD39F05609AD788",
      vault: "0x9A676e781A523b5d0C0e43731313A708CB607508",
      waterfall: "0x0DCd1Bf9A1b36cE34237eEaFef220932846BCD82",
      buyback: "0x959922bE3CAee4b8Cd9a407cc3ac1C251C2007B1",
      locker: "0x0B306BF915C4d645ff596e518fAf3F9669b97016",
      graduation: "0x68B1D87F95878fE05B998F19b66F4baba5De1aed",
      offering: "0x3Aa5ebB10DC797CAC828524e59A333d0A371443c",
      staking: "0x59b670e9fA9D0A427751Af201D676719a970857b",
      emissions: "0xa85233C63b9Ee964Add6F2cffe00Fd84eb32338f",
      meter: "0x4A679253410272dd5232B3Ff7cF5dbB88f295319",
      lens: "0x09635F643e140090A9A8Dcd712eD6285858ceBef",
      flock: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
      usdc: "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512",
      dexFactory: "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0",
    },
    startBlocks: {
      accessManager: 10,
      registry: 12,
      tokenFactory: 11,
      vault: 15,
      waterfall: 14,
      buyback: 17,
      locker: 16,
      graduation: 19,
      offering: 20,
      staking: 22,
      emissions: 25,
      meter: 26,
      lens: 28,
    },
  },
};
