// What the package must do wherever it runs: the same in Node 20, in Node 24, in a page and in a worker.
import {
  WAD,
  addressOf,
  answerOf,
  buyExactIn,
  callOf,
  checkVoucher,
  deploymentOf,
  explainError,
  knownChains,
  quoteExactIn,
  readAt,
  requestOf,
  showMt,
  signVoucher,
  virtualFlock,
} from "fomo-sdk";

const ALICE = "0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc";

/** What a token returns whose name is one letter and a byte that is no text. */
const BROKEN_NAME = `0x${"20".padStart(64, "0")}${"2".padStart(64, "0")}${"41ff".padEnd(64, "0")}`;

/** Meter_AboveDeposit(5000000, 1250000) */
const REVERT = `0x${"4a7176df"}${(5_000_000).toString(16).padStart(64, "0")}${(1_250_000).toString(16).padStart(64, "0")}`;

/** What Alice's key signs of what she used. */
const USED = { user: ALICE, key: ALICE, modelId: 1n, units: 2_000_000n, list: 3_000_000n, paid: 2_700_000n };
const SIGNATURE =
  "0x13f46388eaeffa3d92dd9531bd9ca41748f6306ea6873639a89ad536d0a14be90695cd79db3d17d9637e506ba6749f4859337a3f9dfd855361516928763a85e21b";

export async function probe() {
  const deployment = deploymentOf(31337);
  const target = 50_000n * WAD;
  const sale = { raised: 0n, target, virtualFlock: virtualFlock({ target, startPriceWad: WAD / 20n }), feeRate: 0n };
  const { mtOut } = quoteExactIn(sale, 100n * WAD);
  const name = readAt(ALICE, "modelToken", "name", []);
  const terms = { modelId: 1n, recipient: ALICE, token: ALICE, deadline: 2_000_000_000n };
  const { data } = callOf(buyExactIn(deployment, { ...terms, flockIn: 100n * WAD, mtOutMin: mtOut }));
  const voucher = await signVoucher(() => Promise.resolve(SIGNATURE), deployment, USED);
  return {
    chains: knownChains(),
    address: addressOf(ALICE, "The account"),
    mtOut: showMt(mtOut),
    asked: requestOf(name).data,
    answered: answerOf(name, BROKEN_NAME),
    call: `${data.slice(0, 10)} and ${data.length} digits`,
    refusal: explainError({ error: { data: REVERT } }, { usdcDecimals: 6 })?.sentence,
    voucher: checkVoucher(deployment, voucher).ok,
    tampered: checkVoucher(deployment, { ...voucher, paid: 2_800_000n }).reason,
  };
}
