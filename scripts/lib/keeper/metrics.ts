import { formatUnits } from "ethers";

import { REASONS } from "./plan.ts";
import type { Done, Keeper, Round } from "./round.ts";

/** What a keeper counts from its start on. */
export interface Tally {
  rounds: number;
  failed: number;
  executed: number;
  raced: number;
  inVain: number;
}

/** What was collected from a gateway's store. */
interface Settlements {
  succeeded: number;
  failed: number;
  vouchers: number;
}

/** Numbers of one name, as Prometheus reads them. */
interface Metric {
  name: string;
  type: "counter" | "gauge";
  help: string;
  samples: [labels: string, value: number | bigint | string][];
}

/** What a keeper tells of itself to Prometheus. */
export class Metrics {
  readonly tally: Tally = { rounds: 0, failed: 0, executed: 0, raced: 0, inVain: 0 };
  #settlements: Settlements | undefined;
  #latest: { round: Round; balance: bigint; at: number } | undefined;

  /** Counts a work. */
  did({ outcome }: Done): void {
    this.tally[outcome]++;
  }

  /**
   * Counts a round that has succeeded.
   * @param balance What the signer has for gas [wei].
   */
  rounded(round: Round, balance: bigint): void {
    this.tally.rounds++;
    this.#latest = { round, balance, at: Date.now() };
  }

  /** Counts a settlement of a gateway's store, and its vouchers; undefined if it has failed. */
  settled(vouchers: number | undefined): void {
    this.#settlements ??= { succeeded: 0, failed: 0, vouchers: 0 };
    if (vouchers === undefined) this.#settlements.failed++;
    else {
      this.#settlements.succeeded++;
      this.#settlements.vouchers += vouchers;
    }
  }

  /** Counts a round that has failed. */
  failed(): void {
    this.tally.failed++;
  }

  /** All numbers in Prometheus's text format. */
  text({ ledger: { limits } }: Keeper): string {
    const { rounds, failed, executed, raced, inVain } = this.tally;
    const metrics: Metric[] = [
      counter("rounds_total", "Rounds by outcome.", [
        ['{outcome="succeeded"}', rounds],
        ['{outcome="failed"}', failed],
      ]),
      counter("works_total", "Works that were due, by what became of them.", [
        ['{outcome="executed"}', executed],
        ['{outcome="raced"}', raced],
        ['{outcome="inVain"}', inVain],
      ]),
      gauge("limit_gas", "Gas that may be spent in a day.", limits.gas),
      gauge("limit_ether", "What may be spent in a day, in the chain's currency.", ether(limits.wei)),
    ];
    if (this.#settlements !== undefined) metrics.push(...ofSettlements(this.#settlements));
    if (this.#latest !== undefined) metrics.push(...ofRound(this.#latest));
    return metrics
      .filter(({ samples }) => samples.length !== 0)
      .map(written)
      .join("");
  }
}

const ofSettlements = ({ succeeded, failed, vouchers }: Settlements): Metric[] => [
  counter("settlements_total", "Settlements of the gateway's store, by outcome.", [
    ['{outcome="succeeded"}', succeeded],
    ['{outcome="failed"}', failed],
  ]),
  counter("settled_vouchers_total", "Vouchers that were collected.", [["", vouchers]]),
];

/** What the latest round has found. */
function ofRound({ round, balance, at }: { round: Round; balance: bigint; at: number }): Metric[] {
  const { spent, waiting, models, unreadable, time } = round;
  return [
    gauge("last_round_timestamp_seconds", "When the latest round succeeded.", Math.floor(at / 1_000)),
    gauge("chain_timestamp_seconds", "The chain's time in the latest round.", time),
    gauge("models", "Models of the registry.", models),
    gauge("unreadable_models", "Models of which the chain does not tell what is due.", unreadable.length),
    {
      ...gauge("waiting", "Works that are due and were not done, by reason.", undefined),
      samples: REASONS.map((reason) => [`{reason="${reason}"}`, waiting.filter((one) => one.reason === reason).length]),
    },
    gauge("spent_gas", "Gas of the chain's day, with what is set aside.", spent.all.gas),
    gauge("spent_ether", "The same in the chain's currency.", ether(spent.all.wei)),
    gauge("spent_upkeep_gas", "Gas of the day's observations.", spent.upkeep.gas),
    gauge("balance_ether", "What the signer has for gas.", ether(balance)),
  ];
}

const PREFIX = "fomo_keeper_";

const counter = (name: string, help: string, samples: Metric["samples"]): Metric => ({
  ...{ name: `${PREFIX}${name}`, type: "counter", help, samples },
});

const gauge = (name: string, help: string, value: number | bigint | string | undefined): Metric => ({
  ...{ name: `${PREFIX}${name}`, type: "gauge", help, samples: value === undefined ? [] : [["", value]] },
});

const ether = (wei: bigint | undefined): string | undefined => (wei === undefined ? undefined : formatUnits(wei));

const written = ({ name, type, help, samples }: Metric): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
    "",
  ].join("\n");
