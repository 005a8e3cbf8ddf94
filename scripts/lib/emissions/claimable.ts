import type { Session } from "../chain/session.ts";

/** What an account can claim of one model, as of now. */
export interface Claimable {
  modelId: bigint;
  /** [FLOCK wei] */
  flock: bigint;
  /** [MT wei] */
  mt: bigint;
  /** The epoch of the user's latest weight, and the weight [USDC units]. */
  epoch: bigint;
  weight: bigint;
  /** The issuer's bonus, if the account holds that seat [FLOCK wei]. */
  issuerBonus: bigint;
}

/** What an account can claim of every model. */
export async function claimableOf(session: Session, account: string): Promise<Claimable[]> {
  const { emissions, registry } = session.protocol;
  const count = await registry.modelCount();
  return await Promise.all(
    Array.from({ length: Number(count) }, async (_, index): Promise<Claimable> => {
      const modelId = BigInt(index + 1);
      const [{ flock, mt }, [epoch, weight], issuer, bonus] = await Promise.all([
        emissions.claimableOf(account, modelId, session.now),
        emissions.weightOf(account, modelId),
        registry.issuerOf(modelId),
        emissions.issuerBonusOf(modelId, session.now),
      ]);
      return { modelId, flock, mt, epoch, weight, issuerBonus: issuer === account ? bonus : 0n };
    }),
  );
}
