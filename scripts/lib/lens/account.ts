import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { jsonAmount, jsonFlock, jsonMt, jsonPrice, jsonUsdc } from "../command/amounts.ts";
import { show, showFlock, showPercent } from "../../../sdk/src/units/show.ts";
import { WAD } from "../../../sdk/src/units/numbers.ts";
import { claimableOf } from "../emissions/claimable.ts";
import { describePrepaid, jsonPrepaid, prepaidOf } from "../usage/prepaid.ts";
import type { Session } from "../chain/session.ts";
import { openingPrices, openingTermsOf } from "../../../sdk/src/raise/opening.ts";
import type { Phase } from "../../../sdk/src/raise/phase.ts";
import type { Offering } from "../offering/raise.ts";
import { jsonStake, stakeOf } from "../staking/stakes.ts";
import { pairsOf, tableOf } from "../command/table.ts";
import type { AccountStatus } from "../documents/lens.ts";
import { modelsOf } from "./protocol.ts";

/** Says what one account has and can take, in one model or in all, and gives it as a document. */
export async function accountStatus(session: Session, account: string, only?: bigint): Promise<AccountStatus> {
  const { protocol, connection, out, usdcDecimals } = session;
  const { offering, registry, flock, usdc } = protocol;
  const [ether, flockBalance, usdcBalance, allowance, treasury] = await Promise.all([
    connection.ethers.provider.getBalance(account),
    flock.balanceOf(account),
    usdc.balanceOf(account),
    flock.allowance(account, protocol.addresses.offering),
    registry.treasury(),
  ]);
  const prepaid = await prepaidOf(session, account);
  const rewards = await claimableOf(session, account);
  const positions = [];
  for (const { id, view, phase } of await modelsOf(session)) {
    if (only !== undefined && id !== only) continue;
    const [{ mt, flockNet }, issuer] = await Promise.all([offering.positionOf(id, account), registry.issuerOf(id)]);
    const token = connectAs("modelToken", view.token, connection.ethers.provider);
    const balance = phase === "graduated" ? await token.balanceOf(account) : 0n;
    const isIssuer = issuer === account;
    const stake = await stakeOf(session, id, account);
    const { active, warming, exiting } = stake.record;
    const staked = active + warming + exiting;
    const claimable = rewards[Number(id) - 1]!; // it has every model
    const ownWad = mt === 0n ? undefined : (flockNet * WAD) / mt;
    const openingWad = openingOf(view, phase);
    const has = [mt, balance, staked, claimable.flock, claimable.mt, claimable.issuerBonus].some((sum) => sum !== 0n);
    if (has || isIssuer || id === only) {
      const prices = { ownWad, openingWad };
      positions.push({
        id,
        symbol: view.symbol,
        phase,
        mt,
        flockNet,
        prices,
        balance,
        isIssuer,
        stake,
        staked,
        claimable,
      });
    }
  }

  const held = showAllowance(allowance);
  out.say(`Account ${account}${account === treasury ? ", holder of the treasury's seat" : ""}\n`);
  out.say(
    pairsOf({
      ether: show(ether),
      FLOCK: `${showFlock(flockBalance)}; the offering may take ${held}`,
      USDC: `${show(usdcBalance, usdcDecimals)} USDC`,
    }),
  );
  out.say("\nPrepaid inference:");
  out.say(pairsOf(describePrepaid(prepaid, usdcDecimals)));
  out.say(positions.length === 0 ? "\nNo position in any model." : "");
  if (positions.length !== 0) {
    out.say(
      tableOf(
        [
          ">model",
          "symbol",
          "raise",
          "seat",
          ">position (MT)",
          ">net paid (FLOCK)",
          ">net per MT",
          ">pool opens at",
          ">holds (MT)",
          "next",
        ],
        positions.map((position) => [
          position.id.toString(),
          position.symbol,
          position.phase,
          position.isIssuer ? "issuer" : "",
          show(position.mt, 18, 2),
          show(position.flockNet, 18, 2),
          showOrNothing(position.prices.ownWad),
          showOrNothing(position.prices.openingWad),
          show(position.balance, 18, 2),
          nextStep(position),
        ]),
      ),
    );
    out.say(
      tableOf(
        [">model", ">stakes (MT)", ">of it counts", ">discount", ">to collect (FLOCK)", ">(MT)", ">issuer's bonus"],
        positions.map(({ id, stake, staked, claimable }) => [
          id.toString(),
          show(staked, 18, 2),
          show(stake.counts, 18, 2),
          showPercent(stake.discountWad),
          show(claimable.flock, 18, 4),
          show(claimable.mt, 18, 4),
          show(claimable.issuerBonus, 18, 4),
        ]),
      ),
    );
  }
  return {
    account,
    isTreasury: account === treasury,
    ...jsonAmount("balance", "Ether", ether),
    ...jsonFlock("balance", flockBalance),
    ...jsonUsdc("balance", usdcBalance, usdcDecimals),
    ...jsonFlock("allowance", allowance),
    prepaid: jsonPrepaid(prepaid, usdcDecimals),
    positions: positions.map(({ id, symbol, phase, mt, flockNet, prices, balance, isIssuer, stake, claimable }) => ({
      modelId: Number(id),
      symbol,
      phase,
      isIssuer,
      ...jsonMt("position", mt),
      ...jsonFlock("net", flockNet),
      ...jsonPrice("netPrice", prices.ownWad ?? null),
      ...jsonPrice("openingPrice", prices.openingWad ?? null),
      ...jsonMt("balance", balance),
      ...jsonStake(stake),
      ...jsonFlock("claimable", claimable.flock),
      ...jsonMt("claimable", claimable.mt),
      ...jsonFlock("issuerBonus", claimable.issuerBonus),
    })),
  };
}

/**
 * The price at which the pool of a raise has opened, or would open if nothing more came in than its minimum; undefined if
 * the raise is refunded [WAD].
 */
function openingOf(view: Offering, phase: Phase): bigint | undefined {
  const { openingFlock, openingMt } = view.pool;
  if (phase === "graduated") return (openingFlock * WAD) / openingMt;
  if (phase === "failed" || phase === "to be refunded") return undefined;
  return openingPrices(openingTermsOf(view), view.raised).soonestWad;
}

/** A price for people, if there is one [WAD]. */
const showOrNothing = (wad: bigint | undefined) => (wad === undefined ? "" : show(wad));

/** What the owner of a position can do now. */
function nextStep({ id, phase, mt }: { id: bigint; phase: string; mt: bigint }): string {
  if (mt === 0n) return "";
  if (phase === "graduated") return `fomo claim --model ${id.toString()}`;
  if (phase === "failed" || phase === "to be refunded") return `fomo refund --model ${id.toString()}`;
  if (phase === "to be graduated") return `fomo graduate --model ${id.toString()}`;
  return "";
}

/** An allowance for people; above FLOCK's whole supply it is no bound. */
const showAllowance = (wei: bigint) => (wei > 10n ** 27n ? "any amount" : showFlock(wei));
