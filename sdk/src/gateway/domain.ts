import { addressOf } from "../codec/address.ts";
import { meterDomain } from "../signing/domains.ts";
import type { MeterPlace } from "../signing/domains.ts";
import type { Domain } from "../signing/typedData.ts";

/**
 * The EIP-712 domain in which gateways and their clients sign what no contract reads: receipts and sessions. It names the
 * meter, so that nothing is good for another deployment, and has a name of its own, so that nothing that is signed in it
 * can ever be a voucher.
 * @throws FomoError `badAddress`, `badValue`
 */
export const gatewayDomain = (where: MeterPlace): Domain => ({
  ...meterDomain(where),
  name: "FOMO gateway",
  verifyingContract: addressOf(where.addresses.meter),
});

/** The domain of gateways, where that or the place of the meter is named. */
export const gatewayDomainOf = (where: MeterPlace | Domain): Domain =>
  "verifyingContract" in where ? where : gatewayDomain(where);
