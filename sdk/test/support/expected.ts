/** What `test/consumer/probe.js` finds, wherever it runs. */
export const EXPECTED = {
  chains: [31337],
  address: "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
  mtOut: "1,994.017946 MT",
  asked: "0x06fdde03",
  answered: "A\u{fffd}",
  call: "0xac9650d8 and 970 digits",
  refusal: "Meter_AboveDeposit: 5 USDC is more than the 1.25 USDC that are deposited; ask back less.",
  voucher: true,
  tampered: "otherSigner",
};
