import { behavesLikeSettings } from "../../behaviours/bounds.ts";
import { protocolFixture } from "../../support/fixtures.ts";
import { LOCAL_LOTS, LOCAL_TIER, govern, structOf } from "../../support/scenes.ts";
import { SEAT } from "../../support/seats.ts";
import { tokens } from "../../support/units.ts";

const URI = "https://example.org/tiers/fast.json";
/** The smallest minimum of a raise that a tier may have, if the buyback asks for no reserve [FLOCK wei]. */
const MIN_MINIMUM = tokens(1);
const TIER = { ...LOCAL_TIER, minMinimumRaise: MIN_MINIMUM };

/** The protocol with a tier of the smallest minimum, and a buyback that asks models' pools for no reserve. */
async function withoutReserveFixture() {
  const f = await protocolFixture();
  const settings = { ...LOCAL_LOTS, modelMinReserve: 0n };
  await govern(f, f.addresses.buyback, f.buyback.interface.encodeFunctionData("setBuybackSettings", [settings]));
  await govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("changeTier", [1n, TIER, URI]));
  return f;
}
type Scene = Awaited<ReturnType<typeof withoutReserveFixture>>;

/** What addTier and changeTier have in common. */
const COMMON = {
  fixture: withoutReserveFixture,
  contractOf: (f: Scene) => f.registry,
  bounds: [
    ["computeCost", 1_000n, 1_000_000_000n, [0n]],
    ["maxTarget", MIN_MINIMUM, tokens(500_000_000)],
    ["minMinimumRaise", MIN_MINIMUM, tokens(10_000_000), [0n]],
  ],
  read: async (f: Scene) => structOf(await f.registry.tierOf(await f.registry.tierCount())),
} as const;

describe("ModelRegistry: bounds of addTier", () => {
  behavesLikeSettings({
    ...COMMON,
    set: (f, name, value) => {
      const args = [{ ...TIER, [name]: value }, f.bob.address, URI] as const;
      return govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("addTier", [...args]));
    },
    event: "TierAdded",
    eventArgs: (_, next, f) => [2n, Object.values(next), SEAT.provider(2n, 0n), f.bob.address, URI, MIN_MINIMUM],
  });
});

describe("ModelRegistry: bounds of changeTier", () => {
  behavesLikeSettings({
    ...COMMON,
    set: (f, name, value) => {
      const args = [1n, { ...TIER, [name]: value }, URI] as const;
      return govern(f, f.addresses.registry, f.registry.interface.encodeFunctionData("changeTier", [...args]));
    },
    event: "TierChanged",
    eventArgs: (former, next) => [1n, Object.values(former), Object.values(next), URI, MIN_MINIMUM],
  });
});
