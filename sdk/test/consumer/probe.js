// What the package must do wherever it runs: the same in Node 20, in Node 24, in a page and in a worker.
import {
  WAD,
  addressOf,
  answerOf,
  buyExactIn,
  callOf,
  deploymentOf,
  explainError,
  knownChains,
  quoteExactIn,
  readAt,
  requestOf,
  showMt,
  virtualFlock,
} from "fomo-sdk";

const ALICE = "0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc";

/** What a token returns whose name is one letter and a byte that is no text. */
const BROKEN_NAME = `0x${"20".padStart(64, "0")}${"2".padStart(64, "0")}${"41ff".padEnd(64, "0")}`;

/** Meter_AboveDeposit(5000000, 1250000) */
const REVERT = `0x${"4a7176df"}${(5_000_000).toString(16).padStart(64, "0")}${(1_250_000).toString(16).padStart(64, "0")}`;

export function probe() {
  const deployment = deploymentOf(31337);
  const target = 50_000n * WAD;
  const sale = { raised: 0n, target, virtualFlock: virtualFlock({ target, startPriceWad: WAD / 20n }), feeRate: 0n };
  const { mtOut } = quoteExactIn(sale, 100n * WAD);
  const name = readAt(ALICE, "modelToken", "name", []);
  const terms = { modelId: 1n, recipient: ALICE, token: ALICE, deadline: 2_000_000_000n };
  const { data } = callOf(buyExactIn(deployment, { ...terms, flockIn: 100n * WAD, mtOutMin: mtOut }));
  return {
    chains: knownChains(),
    address: addressOf(ALICE, "The account"),
    mtOut: showMt(mtOut),
    asked: requestOf(name).data,
    answered: answerOf(name, BROKEN_NAME),
    call: `${data.slice(0, 10)} and ${data.length} digits`,
    refusal: explainError({ error: { data: REVERT } }, { usdcDecimals: 6 })?.sentence,
  };
}
