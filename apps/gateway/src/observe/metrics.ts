import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

import type { OpenSums } from "../store/reports.ts";

/** What a gateway counts, for Prometheus. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests: Counter<"endpoint" | "status">;
  readonly refusals: Counter<"code">;
  readonly seconds: Histogram<"endpoint">;
  readonly tokens: Counter<"model" | "kind">;
  /** [USDC units] */
  readonly paid: Counter<"model">;
  readonly streams: Counter<"end">;
  readonly relayed: Counter<"outcome">;
  readonly batches: Counter<"books">;

  /** @param watched What is looked at when somebody asks. */
  constructor(watched: { chainAge: () => number; inFlight: () => number; open: () => OpenSums | undefined }) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      new Counter({ name: `fomo_gateway_${name}`, help, labelNames, registers });
    this.requests = counter(
      "requests_total",
      "Paid requests that were served, or that the model's server has refused, by HTTP status.",
      ["endpoint", "status"],
    );
    this.refusals = counter("refusals_total", "Requests that were refused, by code.", ["code"]);
    this.tokens = counter("tokens_total", "Tokens that were charged.", ["model", "kind"]);
    this.paid = counter("paid_usdc_units_total", "What was charged [USDC units].", ["model"]);
    this.streams = counter("streams_total", "Streams by how they ended.", ["end"]);
    this.relayed = counter("relayed_total", "Deposits and authorisations that were submitted for users.", ["outcome"]);
    this.batches = counter("batches_total", "Transactions of the books, by whether those were remembered or read.", [
      "books",
    ]);
    this.seconds = new Histogram({
      ...{
        name: "fomo_gateway_request_seconds",
        help: "How long paid requests take.",
        labelNames: ["endpoint"] as const,
      },
      ...{ registers, buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120] },
    });
    const gauge = (name: string, help: string, of: () => number) =>
      new Gauge({ name: `fomo_gateway_${name}`, help, registers, collect() { this.set(of()); } }); // prettier-ignore
    gauge("chain_age_seconds", "How long ago the chain has answered last.", () => watched.chainAge() / 1_000);
    gauge("in_flight", "Requests that are being served.", watched.inFlight);
    // Of the whole store: nothing is told before it was asked.
    const ofStore = (name: string, help: string, of: (open: OpenSums) => number) => {
      gauge(name, `${help}, in the whole store.`, () => {
        const open = watched.open();
        return open === undefined ? Number.NaN : of(open);
      });
    };
    ofStore("unsigned_usdc_units", "What is delivered and not signed [USDC units]", ({ unsigned }) => Number(unsigned));
    ofStore("uncollected_usdc_units", "What is signed and not collected [USDC units]", ({ uncollected }) =>
      Number(uncollected),
    );
    ofStore("uncollected_age_seconds", "Since when something is signed and not collected", ({ since }) =>
      since === undefined ? 0 : Math.max(0, (Date.now() - since) / 1_000),
    );
  }
}
