import Fraction from "fraction.js";

/** What decides whether buying one's own inference pays. Prices are exact fractions. */
export interface WashingTerms {
  /** The most FLOCK that one USDC of net revenue can earn. */
  maxFlockPerUsdc: bigint;
  /** USD for one FLOCK. */
  flockPrice: Fraction;
  /** FLOCK for one MT now, and when the model's pool opened. */
  mtPrice: Fraction;
  openingPrice: Fraction;
}

/** What of each USDC of net revenue never comes back, whoever the washer is: the FLOCK buyback and the treasury. */
export const LOST_SHARE = new Fraction(6, 10);

/** The most that one USDC of net revenue can earn [USD]: (1.1 + MT price / opening price) · cap · FLOCK price. */
export function mostEarned({ maxFlockPerUsdc, flockPrice, mtPrice, openingPrice }: WashingTerms): Fraction {
  return new Fraction(11, 10).add(mtPrice.div(openingPrice)).mul(maxFlockPerUsdc).mul(flockPrice);
}

/** Whether the bound excludes that washing pays. */
export function isWashingExcluded(terms: WashingTerms): boolean {
  return mostEarned(terms).compare(LOST_SHARE) < 0;
}
