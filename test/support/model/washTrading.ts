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
  /** How much more a unit of the washer's net revenue weighs than one of the others; 1 if there are none. */
  weight: Fraction;
}

/** What of each USDC of net revenue never comes back, whoever the washer is: the FLOCK buyback and the treasury. */
export const LOST_SHARE = new Fraction(6, 10);

/** The most that one USDC of net revenue can earn [USD]: (0.1 + k · (1 + MT price / opening price)) · cap · FLOCK price. */
export function maxEarned({ maxFlockPerUsdc, flockPrice, mtPrice, openingPrice, weight }: WashingTerms): Fraction {
  const fromPool = new Fraction(1).add(mtPrice.div(openingPrice)).mul(weight);
  return new Fraction(1, 10).add(fromPool).mul(maxFlockPerUsdc).mul(flockPrice);
}

/** Whether the bound excludes that washing pays. */
export function isWashingExcluded(terms: WashingTerms): boolean {
  return maxEarned(terms).compare(LOST_SHARE) < 0;
}
