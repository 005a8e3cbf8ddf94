// Written by `npm run build` from the contracts: do not edit.
export const dexFactoryAbi = [
  {"type":"event","name":"PairCreated","inputs":[{"name":"token0","type":"address","indexed":true},{"name":"token1","type":"address","indexed":true},{"name":"pair","type":"address","indexed":false},{"name":"","type":"uint256","indexed":false}],"anonymous":false},
  {"type":"function","name":"allPairs","stateMutability":"view","inputs":[{"name":"","type":"uint256"}],"outputs":[{"name":"pair","type":"address"}]},
  {"type":"function","name":"allPairsLength","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"uint256"}]},
  {"type":"function","name":"createPair","stateMutability":"nonpayable","inputs":[{"name":"tokenA","type":"address"},{"name":"tokenB","type":"address"}],"outputs":[{"name":"pair","type":"address"}]},
  {"type":"function","name":"feeTo","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"address"}]},
  {"type":"function","name":"feeToSetter","stateMutability":"view","inputs":[],"outputs":[{"name":"","type":"address"}]},
  {"type":"function","name":"getPair","stateMutability":"view","inputs":[{"name":"tokenA","type":"address"},{"name":"tokenB","type":"address"}],"outputs":[{"name":"pair","type":"address"}]},
  {"type":"function","name":"setFeeTo","stateMutability":"nonpayable","inputs":[{"name":"","type":"address"}],"outputs":[]},
  {"type":"function","name":"setFeeToSetter","stateMutability":"nonpayable","inputs":[{"name":"","type":"address"}],"outputs":[]},
] as const;
