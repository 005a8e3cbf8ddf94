import { expect } from "chai";

import { orderFor } from "../../scripts/lib/keeper/order.ts";
import { workOf } from "../support/keeperWork.ts";

describe("The keeper's order", () => {
  const due = [
    ...[1n, 2n, 3n].map((modelId) => workOf("graduate", modelId)),
    workOf("pokeRoute", 0n),
    ...[1n, 2n].map((modelId) => workOf("pokeModel", modelId)),
    ...[4n, 0n, 1n].map((modelId) => workOf("buyFlock", modelId)),
  ];
  const namesFor = (account: string) => orderFor(account, due).map(({ action }) => action.what);

  it("keeps the kinds and the lots of FLOCK in their order, and begins at another model for each account", () => {
    const lots = ["buyFlock 4", "buyFlock 0", "buyFlock 1"];
    expect(namesFor("0x06")).to.deep.equal([
      ...["graduate 1", "graduate 2", "graduate 3", "pokeRoute 0", "pokeModel 1", "pokeModel 2"],
      ...lots,
    ]);
    expect(namesFor("0x07")).to.deep.equal([
      ...["graduate 2", "graduate 3", "graduate 1", "pokeRoute 0", "pokeModel 2", "pokeModel 1"],
      ...lots,
    ]);
  });

  it("is nothing of nothing", () => {
    expect(orderFor("0x07", [])).to.deep.equal([]);
  });
});
