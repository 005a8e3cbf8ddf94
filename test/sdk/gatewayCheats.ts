import { expect } from "chai";

import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { CHEATS } from "../support/gateway/cheats.ts";
import { STRICT, chat, failureOf, gatewayWithClient } from "../support/gateway/gatewayClient.ts";

/** How many requests are answered before the gateway begins to cheat. */
const HONEST = 3;

describe("A client against a gateway that cheats", () => {
  for (const [how, { says, only, ...behaviour }] of Object.entries(CHEATS)) {
    for (const stream of [false, true].filter((one) => only === undefined || (only === "stream") === one)) {
      it(`signs nothing that is not borne out when it ${how}, ${stream ? "streamed" : "whole"}`, async () => {
        const { gateway, client } = gatewayWithClient({}, { tolerance: STRICT });
        for (let round = 0; round < HONEST; round++) await (await chat(client, { stream })).text();
        await client.settleUp();
        const honest = gateway.of(7).truth;
        expect(gateway.of(7).signed).to.deep.equal(honest);

        gateway.behaviour = behaviour;
        let answered = 0;
        const failure = await failureOf(
          (async () => {
            for (; answered < 4; answered++) await (await chat(client, { stream })).text();
          })(),
        );
        expect(failure).to.be.instanceOf(FomoError);
        expect(failure.code).to.equal("doubtfulReceipt");
        expect(failure.message).to.match(
          /^The receipt \d+ of flock\/large .*until you call `forgive\("flock\/large"\)`/,
        );
        expect(failure.message).to.match(says);
        expect(answered).to.be.within(1, 2);

        await client.settleUp();
        const { signed, truth } = gateway.of(7);
        expect(signed.paid >= honest.paid && signed.paid <= truth.paid).to.equal(true);
        expect(signed.units <= truth.units && signed.list <= truth.list).to.equal(true);
        const asked = gateway.asked.length;
        await failureOf(chat(client, { stream }));
        expect(gateway.asked.length).to.equal(asked); // it was not sent
      });
    }
  }

  it("goes on with other models", async () => {
    const { gateway, client } = gatewayWithClient({}, { tolerance: STRICT });
    gateway.behaviour.cheat = (receipt) =>
      receipt.modelId === 7n ? { ...receipt, servedAt: 1n, number: 5n } : receipt;
    await chat(client);
    await failureOf(chat(client));
    await chat(client, { model: "flock/small" });
    await client.settleUp();
    expect(gateway.of(9).signed).to.deep.equal(gateway.of(9).truth);
    expect(gateway.of(7).signed.paid).to.equal(0n);
  });
});
