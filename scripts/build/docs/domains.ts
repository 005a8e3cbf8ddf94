/** What each folder of sdk/src is about, in the order of the reference. */
export const DOMAINS: Record<string, string> = {
  deployments: "Where the protocol is on a chain.",
  reads: "Questions to contracts as descriptors, for any library; the lens answers many at once.",
  actions: "What can be done, as calls: with what must be paid before, a dry run, and forms for wallets and Safes.",
  raise: "Quotes of purchases at any second, launches, opening prices, and who gets what.",
  staking: "The discount of a stake, and the stake that brings one.",
  usage: "Compute cost, net revenue and weight of a row of usage.",
  gateway:
    "What gateways and their clients share, costs, receipts, sessions, headers and refusals; and the client, which signs what receipts bear out.",
  signing: "Vouchers, authorisations of keys, deposits and permits: signed by any signer, checked without exceptions.",
  node: "For Node alone: a gateway's client remembers in a folder.",
  vesting: "What has vested at any second.",
  emissions: "Epochs, scores, pools and rewards.",
  buyback: "The next lots, and what pairs and buckets let through.",
  events: "Every event as a typed value, decoded from receipts and logs.",
  errors: "Every refusal as one sentence.",
  names: "The words for what contracts tell in numbers, and the names of seats.",
  units: "Exact amounts, and amounts as people read them.",
  text: "Foreign text that harms no terminal and no page.",
  codec: "Addresses and bytes.",
  abi: "ABIs `as const`, and the types of what contracts take, answer and emit.",
  ethers: "Contracts of ethers, typed.",
};
