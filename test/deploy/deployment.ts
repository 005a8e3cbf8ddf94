import { expect } from "chai";

import { ROLES } from "../../deploy/config/roles.ts";
import { deployLocalChain, deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { connection, ethers, networkHelpers, protocolFixture } from "../support/fixtures.ts";
import { LOCAL_LOTS, LOCAL_SETTINGS, LOCAL_TIER, deployMock, deployedRooms } from "../support/scenes.ts";
import type { ProtocolScene } from "../support/scenes.ts";
import { SEAT } from "../support/seats.ts";
import { tokens } from "../support/units.ts";

describe("Deployment", () => {
  let f: ProtocolScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(protocolFixture);
  });

  describe("given the local parameters", () => {
    it("has code at every address", async () => {
      for (const [name, address] of Object.entries(f.addresses)) {
        expect(await ethers.provider.getCode(address), name).to.not.equal("0x");
      }
    });

    it("has wired every link to the contract that was deployed with it", async () => {
      expect(await f.registry.offering()).to.equal(f.addresses.offering);
      expect(await f.graduation.offering()).to.equal(f.addresses.offering);
      expect(await f.vault.graduation()).to.equal(f.addresses.graduation);
      expect(await f.registry.buyback()).to.equal(f.addresses.buyback);
      expect(await f.waterfall.meter()).to.equal(f.addresses.meter);
      expect(await f.vault.emissions()).to.equal(f.addresses.emissions);
      expect(await f.emissions.meter()).to.equal(f.addresses.meter);
      for (const contract of [f.registry, f.graduation, f.vault, f.waterfall, f.emissions]) {
        expect(await contract.requireWired()).to.equal(true);
      }
    });

    it("has given every room the right companions for good", async () => {
      const { flock, usdc, registry, vault, locker, tokenFactory, graduation, accessManager, dexFactory } = f.addresses;
      const { offering, waterfall, buyback, staking, emissions } = f.addresses;
      expect([await f.offering.FLOCK(), await f.offering.REGISTRY(), await f.offering.GRADUATION()]).to.deep.equal([
        flock,
        registry,
        graduation,
      ]);
      expect([await f.vault.FLOCK(), await f.vault.REGISTRY()]).to.deep.equal([flock, registry]);
      expect([
        await f.locker.FLOCK(),
        await f.locker.DEX_FACTORY(),
        await f.locker.VAULT(),
        await f.locker.REGISTRY(),
      ]).to.deep.equal([flock, dexFactory, vault, registry]);
      expect([
        await f.graduation.FLOCK(),
        await f.graduation.DEX_FACTORY(),
        await f.graduation.TOKEN_FACTORY(),
        await f.graduation.VAULT(),
        await f.graduation.LOCKER(),
        await f.graduation.REGISTRY(),
        await f.graduation.BUYBACK(),
      ]).to.deep.equal([flock, dexFactory, tokenFactory, vault, locker, registry, buyback]);
      expect([await f.staking.OFFERING(), await f.staking.VAULT()]).to.deep.equal([offering, vault]);
      expect([
        await f.meter.USDC(),
        await f.meter.REGISTRY(),
        await f.meter.WATERFALL(),
        await f.meter.EMISSIONS(),
      ]).to.deep.equal([usdc, registry, waterfall, emissions]);
      expect([await f.waterfall.USDC(), await f.waterfall.REGISTRY()]).to.deep.equal([usdc, registry]);
      expect([
        await f.buyback.USDC(),
        await f.buyback.FLOCK(),
        await f.buyback.DEX_FACTORY(),
        await f.buyback.REGISTRY(),
        await f.buyback.VAULT(),
        await f.buyback.WATERFALL(),
      ]).to.deep.equal([usdc, flock, dexFactory, registry, vault, waterfall]);
      expect([
        await f.emissions.FLOCK(),
        await f.emissions.REGISTRY(),
        await f.emissions.VAULT(),
        await f.emissions.GRADUATION(),
        await f.emissions.STAKING(),
      ]).to.deep.equal([flock, registry, vault, graduation, staking]);
      for (const room of [f.registry, f.offering, f.staking, f.meter, f.buyback, f.emissions]) {
        expect(await room.authority()).to.equal(accessManager);
      }
    });

    it("has applied the settings, the first tier and the seats of the file", async () => {
      expect(await f.offering.offeringSettings()).to.deep.equal(Object.values(LOCAL_SETTINGS));
      expect(await f.registry.tierCount()).to.equal(1n);
      expect(await f.registry.tierOf(1n)).to.deep.equal(Object.values(LOCAL_TIER));
      expect(await f.registry.treasury()).to.equal(f.treasury.address);
      expect(await f.registry.holderOf(SEAT.provider(1n, 0n))).to.equal(f.provider.address);
    });

    it("has applied the settings of usage, buybacks and emissions", async () => {
      expect(await f.staking.discountSettings()).to.deep.equal([3_000n, 2n]);
      expect(await f.buyback.buybackSettings()).to.deep.equal(Object.values(LOCAL_LOTS));
      const pair = await f.dexFactory.getPair(f.addresses.usdc, f.addresses.flock);
      expect(await f.buyback.routePairs()).to.deep.equal([[pair, 1_000n * 10n ** 6n]]);
      expect([await f.buyback.PAIR_FEE_BPS(), await f.buyback.FLOCK_BURNS()]).to.deep.equal([30n, true]);
      const { nextDailyRate, nextMaxFlockPerUsdc, nextMaxRewardBps, nextFromEpoch } =
        await f.emissions.emissionSettings();
      expect([nextDailyRate, nextMaxFlockPerUsdc, nextMaxRewardBps]).to.deep.equal([tokens(20_000), tokens(200), 0n]);
      expect([await f.emissions.BUYBACK(), await f.emissions.FLOCK_BURNS()]).to.deep.equal([f.addresses.buyback, true]);
      expect(nextFromEpoch).to.be.at.most(await f.emissions.currentEpoch());
      expect(await f.emissions.minimumStake()).to.equal(tokens(1));
      expect(await f.emissions.USDC_UNIT()).to.equal(10n ** 6n);
    });

    it("leaves the deployer neither role nor seat", async () => {
      for (const role of Object.values(ROLES)) {
        expect((await f.accessManager.hasRole(role, f.deployer)).isMember).to.equal(false);
      }
      for (const seat of [SEAT.treasury, SEAT.provider(1n, 0n), SEAT.issuer(1n)]) {
        expect(await f.registry.holderOf(seat)).to.not.equal(f.deployer.address);
      }
    });

    it("leaves no room with a wei of anything", async () => {
      for (const [, room] of deployedRooms(f)) {
        expect(await f.flock.balanceOf(room)).to.equal(0n);
        expect(await f.usdc.balanceOf(room)).to.equal(0n);
        expect(await ethers.provider.getBalance(room)).to.equal(0n);
      }
    });
  });

  describe("given a network whose USDC has 18 decimals", () => {
    it("states the tier's compute cost and the emissions' unit in those", async () => {
      const chain = await deployLocalChain(connection);
      const usdc = await (await deployMock("NoReturnFlock")).getAddress();
      const parameters = { ...localParameters(), route: [] };
      const addresses = await deployProtocol(connection, parameters, { ...chain, usdc });
      const registry = f.registry.attach(addresses.registry) as typeof f.registry;
      expect((await registry.tierOf(1n)).computeCost).to.equal(2n * 10n ** 17n);
      const emissions = f.emissions.attach(addresses.emissions) as typeof f.emissions;
      expect(await emissions.USDC_UNIT()).to.equal(10n ** 18n);
    });
  });
});
